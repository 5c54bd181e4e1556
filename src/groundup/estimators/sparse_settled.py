"""When Newton's method on sparse rows has converged: the slope is next to nothing, and so is the way that is left.

In the user's units the column with the largest numbers would speak for all, so each slope counts in the unit of its
column. But along columns that nearly agree even a small slope is far from its end: two that differ by 1e-8 of
themselves have a slope of 1e-8 from the start. So the way to the bottom is asked for, flat directions included, and

    root(rows) λ,    λ² = g'H⁻¹g

is the longest way that any combination of weights has left, in its standard errors. Where l2 bends every direction
enough, that follows from the slope.
"""

from __future__ import annotations

import math

import numpy as np

from groundup._arrays import Array
from groundup.formulas.penalties import ElasticNet
from groundup.models.bent import BentObjective
from groundup.solve.loop import State

BENT = 1e-6
"""Where l2 bends every weight by this in the units of the columns, a small slope is near the minimum: nobody looks."""
NEAR = 0.1
"""As long as some score moves by more, the bowl is not the loss, however short the way is by its measure."""
FAR = 10
"""If scores have moved by more in so many steps of a small slope, there is perhaps no minimum."""
OPEN = 1e-2
"""If rounding leaves more standard errors than this open, the minimum was not found."""


class SettledInUnits:
    """Ends the loop at a minimum, to so many standard errors: a listener."""

    def __init__(self, tolerance: float, objective: BentObjective, start: Array):
        self.tolerance, self.objective = tolerance, objective
        bends = objective.bent(start).diagonal
        self.unit = 1 / np.sqrt(np.where(bends > 0, bends, 1.0))
        self.root = math.sqrt(1 / objective.slope)
        self.first, self.least, self.stuck = math.nan, math.inf, 0
        self.far = 0
        self.way, self.slow, self.flattest = math.inf, 0, math.inf
        self.doubt: str | None = None
        """Why what was found may be no minimum."""

    def __call__(self, state: State) -> str | None:
        """The reason to end."""
        return self.settled(state) if self.is_flat(state) else None

    def is_flat(self, state: State) -> bool:
        """Whether the slope has fallen to the tolerance, or to where it falls no more."""
        scaled = self.unit * state.training.look_at_all().gradient
        self.norm = math.sqrt(float(scaled @ scaled))
        self.first = self.norm if math.isnan(self.first) else self.first
        self.stuck = self.stuck + 1 if self.norm > self.least / 2 else 0
        self.least = min(self.norm, self.least)
        return self.norm <= self.tolerance * self.first or (self.stuck >= 10 and self.norm <= 1e-2 * self.first)

    def settled(self, state: State) -> str | None:
        """The reason to end, where the slope is small."""
        if self._bent_enough():
            return (
                f"converged: the gradient's norm fell from {self.first:.3g} to {self.norm:.3g}, in units of the columns"
            )
        found, best = self.objective.way(state.parameters), self.way
        way, self.flattest = self.root * found.length, min(self.flattest, found.flattest)
        self.way = min(way, best)
        near = not found.bottomless and self._moved(found.step) <= NEAR
        self.slow = self.slow + 1 if near and way > best / 2 else 0
        self.far = 0 if near or not self.objective.is_free else self.far + 1
        if self.far == FAR:
            self.doubt = (
                f"not converged after {state.step} Newton steps: the slope is next to nothing, but scores still move; "
                "perhaps there is no minimum. Use l2=0.01, for instance."
            )
            return self.doubt
        if not near or (way > self.tolerance and self.slow < 2):
            return None
        rounding = self.root * max(found.noise / self.flattest, found.scores)
        left = max(way, best if self.slow else 0.0, rounding)
        if left <= OPEN:
            how = f"after {state.step} Newton steps no coefficient is further than {left:.1g} standard errors from"
            return f"converged: {how} the minimum of {state.loss:.6g}"
        self.doubt = (
            f"not converged: rounding leaves {left:.1g} standard errors open, because columns nearly depend on others. "
            "Leave out one of them, or use l2."
        )
        return self.doubt

    def _moved(self, step: Array) -> float:
        """How far the step moves a score at most; what all scores of a softmax share is no move."""
        model, shared = self.objective.model, self.objective.cost.loss.rowwise
        moves = (model.score(step, block.X) for block in self.objective.blocks)
        return max(float(np.abs(z - z.mean(axis=1, keepdims=True) if shared else z).max()) for z in moves)

    def _bent_enough(self) -> bool:
        """Whether l2 bends each weight so much that so small a slope is near the minimum."""
        penalty = self.objective.penalty
        assert isinstance(penalty, ElasticNet)
        least = penalty.l2 * float(self.unit[self.objective.mask].min()) ** 2
        return self.norm <= self.tolerance * self.first and least >= BENT
