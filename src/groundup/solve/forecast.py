"""What gradient descent will do, before it starts.

Near its minimum every smooth cost is a bowl. Along the bowl's axis i, with curvature λ_i, a step of gradient descent
multiplies the distance to the minimum by (1 - rate λ_i). So all is known beforehand:

    it converges       if rate < 2 / L, with L the largest curvature
    it is fastest      at rate = 2 / (L + m), with m the smallest curvature
    after k updates    gap = Σ 1/2 λ_i c_i² (1 - rate λ_i)^(2k), with c_i the first distance along axis i

For squared loss on a linear model the bowl is exact, and so is the forecast.

Nesterov, Introductory Lectures on Convex Optimization (2004), section 2.1.5; Goh, Why Momentum Really Works (2017).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError


@dataclass(frozen=True)
class Forecast:
    """The bowl that descent walks down: its curvatures, how far the start is along each axis, and its minimum.

    `curvatures` and `energies` (1/2 λ_i c_i², the share of each axis in the loss at the start) are aligned; `exact`
    says whether the bowl is the cost itself or only its shape at the start.
    """

    curvatures: Array
    energies: Array
    minimum: float
    exact: bool = True
    standardised: Forecast | None = field(default=None, repr=False)

    @property
    def largest_curvature(self) -> float:
        """L: along the steepest axis."""
        return float(np.max(self.curvatures))

    @property
    def smallest_curvature(self) -> float:
        """m: along the flattest axis that is not flat to rounding."""
        rounding = self.largest_curvature * np.finfo(float).eps * len(self.curvatures)
        return float(np.min(self.curvatures, initial=self.largest_curvature, where=self.curvatures > rounding))

    @property
    def condition(self) -> float:
        """L / m: how much longer than wide the bowl is, and about how many updates descent needs."""
        return self.largest_curvature / self.smallest_curvature if self.largest_curvature > 0 else math.nan

    @property
    def largest_stable_learning_rate(self) -> float:
        """2 / L: below it gradient descent converges, above it every update overshoots further."""
        return 2 / self.largest_curvature if self.largest_curvature > 0 else math.inf

    @property
    def safe_learning_rate(self) -> float:
        """1 / L: the steepest axis is solved in one step, and the loss never rises."""
        return self.largest_stable_learning_rate / 2

    @property
    def best_learning_rate(self) -> float:
        """2 / (L + m): the steepest and the flattest axis shrink equally fast."""
        return 2 / (self.largest_curvature + self.smallest_curvature) if self.largest_curvature > 0 else math.inf

    @property
    def minimum_counts(self) -> bool:
        """Whether the minimum is more than rounding, so that a percent of it means something."""
        return self.minimum > 1e-24 * float(np.sum(self.energies))

    def gap_after(self, steps: int, learning_rate: float) -> float:
        """How far the loss is above its minimum after so many updates."""
        self._must_be_exact("gap_after")
        with np.errstate(over="ignore", divide="ignore"):
            shrink = np.exp(2.0 * steps * np.log(np.abs(1 - learning_rate * self.curvatures)))
        return float(np.sum(np.where(self.energies > 0, self.energies * shrink, 0.0)))

    def steps_to(self, gap: float = 0.01, learning_rate: float | None = None) -> float:
        """Updates until the loss is within `gap` (0.01: one percent) of its minimum; infinity if it never is.

        A minimum of zero has no percent; there the gap is measured against the loss at the start. The default
        learning rate is the safe one.
        """
        self._must_be_exact("steps_to")
        rate = self.safe_learning_rate if learning_rate is None else learning_rate
        if not (math.isfinite(rate) and rate > 0):
            raise InputError(f"learning_rate must be a positive number; got {rate!r}. Try forecast.safe_learning_rate.")
        if not gap > 0:
            raise InputError(f"gap must be positive, for instance 0.01 for one percent; got {gap!r}.")
        start = float(np.sum(self.energies))
        goal = gap * (self.minimum if self.minimum_counts else start)
        if start <= goal:
            return 0
        above, reached = 0, 1
        while self.gap_after(reached, rate) > goal:
            above, reached = reached, 2 * reached
            if reached > 1e15:
                return math.inf
        while reached - above > 1:
            middle = (above + reached) // 2
            above, reached = (middle, reached) if self.gap_after(middle, rate) > goal else (above, middle)
        return reached

    def shape_only(self) -> Forecast:
        """The same curvatures for a cost that is not this bowl itself: rates can be told, numbers of steps cannot."""
        standardised = None if self.standardised is None else self.standardised.shape_only()
        return replace(self, energies=0 * self.energies, minimum=math.nan, exact=False, standardised=standardised)

    def _must_be_exact(self, what: str) -> None:
        if not self.exact:
            raise InputError(
                f"{what} needs the bowl itself: squared loss (l2, mse) on a linear model; this loss only has a bowl's "
                "shape at the start. Train and look at history_['loss'] instead."
            )

    @property
    def round_learning_rate(self) -> float:
        """The largest power of ten that is stable: the rate that people try first."""
        stable = self.largest_stable_learning_rate
        power = math.floor(math.log10(stable)) if math.isfinite(stable) else 0
        return 10.0 ** (power if 10.0**power < 0.99 * stable else power - 1)  # not on the edge itself

    @property
    def advice(self) -> list[str]:
        """What to do, in sentences, with the numbers."""
        if self.largest_curvature == 0:
            return [
                "This loss has no curvature: its steps do not shrink near the minimum, so with a constant learning "
                "rate the line circles it. Let the rate fall (schedule) or use solver='auto'."
            ]
        stable = self.largest_stable_learning_rate
        lines = [
            f"Every learning rate below {stable:.3g} is stable, {self.safe_learning_rate:.3g} is safe and "
            f"{self.best_learning_rate:.3g} is best; above {stable:.3g} the loss grows without end."
        ]
        better = self.standardised
        if self.exact and better is not None:
            rate, other = self.round_learning_rate, better.round_learning_rate
            before, after = self.steps_to(0.01, rate), better.steps_to(0.01, other)
            if after < before:
                lines.append(
                    f"Standardise the features: {after:,.0f} steps at rate {other:g} instead of {before:,.0f} at rate "
                    f"{rate:g} until the loss is within 1 % of its minimum of {self.minimum:.6g}."
                )
            else:
                lines.append(
                    f"At rate {rate:g} it takes {before:,.0f} steps until the loss is within 1 % of its minimum of "
                    f"{self.minimum:.6g}; standardising would not help."
                )
        elif better is not None and better.condition < self.condition / 2:
            lines.append(
                f"Standardise the features: the condition falls from {self.condition:.3g} to {better.condition:.3g}."
            )
        return lines


def bowl(
    factor: Array, distance: Array, scale: float, minimum: float, standardised: Forecast | None = None
) -> Forecast:
    """The forecast for the cost `minimum + scale |factor (p - p*)|²`, seen from `distance` = p - p* at the start.

    The curvatures are 2 scale σ² for the singular values σ of the factor: no digits are lost by squaring a matrix.
    """
    if not np.isfinite(factor).all():
        return Forecast(np.full(factor.shape[1], np.inf), np.zeros(factor.shape[1]), minimum)
    _, singular, axes = np.linalg.svd(factor, full_matrices=True)
    singular = np.concatenate([singular, np.zeros(len(axes) - len(singular))])
    along = axes @ distance.reshape(len(axes), -1)
    energies = scale * singular**2 * np.sum(along * along, axis=1)
    return Forecast(2 * scale * singular**2, energies, minimum, standardised=standardised)
