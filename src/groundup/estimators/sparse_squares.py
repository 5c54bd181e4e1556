"""Least squares on sparse rows: LSQR on centred columns, which are never made dense.

    minimise  Σ w (y - X b - a)² + ridge² Σ b²,      b = unit v,      v by LSQR

The unit of a column is its length, ridge included, so that columns of 1e40 and of 1e-40 are alike. Where there are more
columns than rows all units are the user's, so that the answer is that of least norm, unless that leaves some column
with a slope.
"""

from __future__ import annotations

import math
import warnings
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.errors import NotConvergedWarning, twin
from groundup.estimators import fitting
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.objective import Objective
from groundup.solve.least_squares.doubled import add, sums_at, two_product
from groundup.solve.lsqr import Found, lsqr
from groundup.solve.seminormal import seminormal

MOST_STEPS = 10_000
UPRIGHT = 1e-10
EVEN = 1e3
"""Up to this condition LSQR leaves only digits open that nobody sees."""
SETTLED = 1e-13
"""Weights that would move by this share of the longest are settled."""
ROUNDS = 12


class Centred(NamedTuple):
    """The rows times the roots of their weights, less the means; below them the ridge's."""

    X: Any
    root: Array
    means: Array
    lengths: Array
    """Σ w (x - mean)² + ridge² of each column; 0 where rounding is all that is left."""
    ridge: float
    unit: Array
    each: Array
    """The weight of each row; `root` is rounded."""
    price: float
    """ridge², not rounded."""
    intercept: bool

    @property
    def weight(self) -> float:
        """Of all rows."""
        return float(self.each.sum())

    def slopes(self, y: Array, b: tuple[Array, Array], a: tuple[Any, Any]) -> tuple[Array, float]:
        """Σ w (x - mean) r - price b and Σ w r for the residuals r = y - X b - a; the latter 0 where a is no unknown.

        b and a are doubled, and so is all arithmetic.
        """
        csr: Any = self.X.csr
        x: Array = csr.data.astype(np.float64)
        row: Array = np.repeat(np.arange(len(y)), np.diff(csr.indptr))

        def sums(at: tuple[Array, Array], of: Array, to: Array, n: int) -> tuple[Array, Array]:
            high, low = two_product(x, at[0][of])
            return sums_at(high, low + x * at[1][of], to, n)

        high, low = sums(b, csr.indices, row, len(y))
        high, low = add(*add(y, 0.0, -high, -low), -a[0], -a[1])
        top, rest = two_product(self.each, high)
        rest = rest + self.each * low
        slope = sums((top, rest), row, csr.indices, len(b[0]))
        high, low = two_product(self.price, b[0])
        slope = add(*slope, -high, -(low + self.price * b[1]))
        if not self.intercept:
            return slope[0], 0.0
        level, level_low = sums_at(top, rest, np.zeros(len(y), dtype=int), 1)
        high, low = two_product(self.means, level[0])
        return add(*slope, -high, -(low + self.means * level_low))[0], float(level[0])

    def times(self, v: Array) -> Array:
        """A v."""
        b = self.unit * v
        return np.concatenate((self.root * (self.X @ b - self.means @ b), self.ridge * b))

    def back(self, u: Array) -> Array:
        """A'u."""
        rows = self.root * u[: len(self.root)]
        return self.unit * (self.X.T @ rows - self.means * rows.sum() + self.ridge * u[len(self.root) :])

    def target(self, labels: Array) -> Array:
        """What A v comes near to."""
        return np.concatenate((self.root * labels, np.zeros(len(self.unit))))

    def solved(self, labels: Array) -> list[Found]:
        """An answer for each column of labels, with the largest cos = |a'r| / (|a| |r|) over all columns a."""
        found = [lsqr(self.times, self.back, self.target(y), len(self.unit), MOST_STEPS) for y in labels.T]
        return [one._replace(cosine=self._cosine(one, y)) for one, y in zip(found, labels.T, strict=True)]

    def _cosine(self, found: Found, labels: Array) -> float:
        target = self.target(labels)
        r = target - self.times(found.x)
        size, some = math.sqrt(float(r @ r)), self.unit > 0
        whole = math.sqrt(float(target @ target)) + found.norm * math.sqrt(float(found.x @ found.x))
        slope = float((np.abs(self.back(r)[some]) / (self.unit * np.sqrt(self.lengths))[some]).max(initial=0.0))
        return slope / size if slope > 1e-14 * whole else 0.0  # what is less may be rounding


class Refined(NamedTuple):
    """Weights and bias in the user's units, how often they were refined, and the share by which they still move."""

    weights: Array
    bias: float
    rounds: int
    moving: float


def refined(rows: Centred, y: Array, v: Array, bias: float) -> Refined:
    """From the weights unit v on, with residuals and slopes in doubled precision, until every digit is settled.

    Each round solves A'A d = slope, and gains as many digits as the condition leaves to a float.
    """
    b, b_low, a, a_low = rows.unit * v, np.zeros_like(v), bias - rows.means @ (rows.unit * v), 0.0
    moving, stuck, rounds = math.inf, 0, 0
    while rounds < ROUNDS:
        slope, level = rows.slopes(y, (b, b_low), (a, a_low))
        g = rows.unit * slope
        d = seminormal(rows.times, rows.back, g, 1e-12 * math.sqrt(float(g @ g)), MOST_STEPS).x
        before, moving = moving, math.sqrt(float(d @ d)) / (math.sqrt(float(v @ v)) or 1.0)
        stuck = stuck + 1 if moving > before / 2 else 0
        if stuck == 2:
            return Refined(b, float(a), rounds, moving)
        v, rounds = v + d, rounds + 1
        b, b_low = add(b, b_low, rows.unit * d)
        a, a_low = add(a, a_low, level / rows.weight - rows.means @ (rows.unit * d))
        if (np.abs(d) <= 1e-16 * np.abs(v) + 1e-24 * np.abs(v).max(initial=0.0)).all():
            break
    return Refined(b, float(a), rounds, moving)


def _lengths(csr: Any, weight: Array, means: Array) -> Array:
    """Σ w (x - mean)² of each column: over its entries, and over its rows of zeros at once, so that nothing cancels."""
    d, entries = csr.shape[1], np.diff(csr.indptr)
    row: Array = np.repeat(np.arange(len(weight)), entries)
    away = csr.data - means[csr.indices]
    there = np.bincount(csr.indices, weight[row], minlength=d)
    empty = np.where(np.bincount(csr.indices, minlength=d) < len(weight), weight.sum() - there, 0.0)
    return np.bincount(csr.indices, weight[row] * away * away, minlength=d) + means**2 * empty


def squares_on_sparse(objective: Objective, blocks: ArrayBlocks) -> fitting.Answer:
    """Least squares, with l2: each output by LSQR, its labels in a unit of their own."""
    model = cast(Affine, objective.model)
    power = np.frexp(np.abs(blocks.y).max(axis=0))[1]
    y = np.ldexp(blocks.y.astype(np.float64), -power)
    rows, by_length = _centred(objective, blocks)
    level = rows.each @ y / rows.weight if rows.intercept else np.zeros(blocks.n_outputs)
    found = rows.solved(y - level)
    if rows.unit is not by_length and max(one.cosine for one in found) > UPRIGHT:
        rows = rows._replace(unit=by_length)
        found = rows.solved(y - level)
    W, bias, reason, settled = _finished(rows, y, level, found)
    if not settled:
        warnings.warn(reason, cast(type[Warning], twin(NotConvergedWarning, "ConvergenceWarning")), stacklevel=5)
    with np.errstate(over="ignore"):  # what is beyond the floats is told by whoever asked
        parameters = model.pack(np.ldexp(W, power), np.ldexp(bias, power))
        history = {"loss": np.array([objective.value(parameters)])}
    return fitting.Answer(parameters, reason, max(one.steps for one in found), math.nan, history)


def _centred(objective: Objective, blocks: ArrayBlocks) -> tuple[Centred, Array]:
    """The rows in the units that are tried first, and those of the lengths."""
    X, penalty, intercept = blocks.X, objective.penalty, cast(Affine, objective.model).fit_intercept
    assert isinstance(penalty, ElasticNet)
    each = np.ones(len(X)) if blocks.sample_weight is None else blocks.sample_weight.astype(np.float64)
    weight = float(each.sum())
    means = X.T @ each / weight if intercept else np.zeros(X.shape[1])
    price = penalty.l2 / (2 * objective.total.slope(1.0, weight * blocks.n_outputs))
    lengths = _lengths(X.csr, each, means)
    told = lengths > 1e-28 * weight * means**2
    lengths = np.where(told, lengths + price, 0.0)
    by_length = told / np.sqrt(np.where(told, lengths, 1.0))
    unit = told.astype(float) if len(X) <= X.shape[1] and price == 0 else by_length
    return Centred(X, np.sqrt(each), means, lengths, math.sqrt(price), unit, each, price, intercept), by_length


def _finished(rows: Centred, y: Array, level: Array, found: list[Found]) -> tuple[Array, Array, str, bool]:
    """Weights and biases, refined where the condition asks for it; how, in words; and whether nothing is left open."""
    condition = max(one.condition for one in found)
    reason, end = f"LSQR on sparse rows: {max(one.steps for one in found)} steps", ""
    if condition <= EVEN:
        weights, cosine = np.stack([rows.unit * one.x for one in found], axis=1), max(one.cosine for one in found)
        bias = level - rows.means @ weights
        reason += f", and what is left over is upright on every column to {cosine:.1g}"
        end = f", not to {UPRIGHT:.0g}" if cosine > UPRIGHT else ""
    else:
        best = [refined(rows, one, each.x, mean) for one, each, mean in zip(y.T, found, level, strict=True)]
        weights, bias = np.stack([one.weights for one in best], axis=1), np.array([one.bias for one in best])
        moving, rounds = max(one.moving for one in best), max(one.rounds for one in best)
        reason += f", condition {condition:.0e}; refined {rounds} times in doubled precision, "
        end = f"and the last {moving:.0e} of the weights are open" if moving > SETTLED else ""
        reason += "" if end else "every digit is settled"
    return weights, bias, f"{reason}{end}: columns nearly depend on others. Use l2." if end else reason, not end
