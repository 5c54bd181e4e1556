"""An affine objective with a price l1 on rows that are mostly zeros: what Newton's method over columns asks of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.sparse import SparseRows
from groundup.formulas.activations import softmax
from groundup.formulas.losses import CrossEntropy
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.cost import Tally
from groundup.models.objective import Objective
from groundup.solve.column_newton import CERTAIN, Bends, ColumnBowl, ColumnNewton, ColumnsSettled
from groundup.solve.listeners import History
from groundup.solve.loop import Listener, Point, Training

LINALG: Any = np.linalg


class ColumnObjective(Objective):
    """The objective, with its columns at hand and the scores of the last place kept.

    For losses of one score a row, each output has weights of its own; those of a softmax belong together.
    """

    def __init__(self, objective: Objective):
        super().__init__(objective.cost, objective.blocks, objective.penalty, objective.total)
        rows, affine, penalty = objective.blocks, objective.model, objective.penalty
        assert isinstance(rows, ArrayBlocks)
        assert isinstance(rows.X, SparseRows)
        assert isinstance(affine, Affine)
        assert isinstance(penalty, ElasticNet)
        self.affine, self.l1, self.l2 = affine, penalty.l1, penalty.l2
        self.X, self.y = rows.X, rows.y
        self.csc: Any = rows.X.csr.astype(np.float64, copy=False).tocsc()
        self.csc.sum_duplicates()
        self.each = (
            np.ones((len(rows.y), 1)) if rows.sample_weight is None else rows.sample_weight[:, None].astype(float)
        )
        self.weight = float(self.each.sum()) * (1 if self.cost.loss.rowwise else affine.n_outputs)
        self._kept: tuple[Array, Array] | None = None
        self._part: tuple[Array, Any, Any] | None = None
        self._seen_from: tuple[Bends, Array] | None = None
        self._looked: tuple[Array, tuple[float, Array]] | None = None

    def scores(self, parameters: Array) -> Array:
        """X W + b; kept for the last place."""
        if self._kept is None or self._kept[0] is not parameters:
            self._kept = parameters, self.scores_along(parameters)
        return self._kept[1]

    def scores_along(self, parameters: Array) -> Array:
        """X W + b, from the columns of which some weight is not 0."""
        W, b = self.affine.unpack(parameters)
        some, part, _ = self._columns(np.flatnonzero(W.any(axis=1)))
        return np.asarray(part @ W[some]) + b

    def _columns(self, wanted: Array) -> tuple[Array, Any, Any]:
        """Columns, these among them, and their squares: the last ones again where these are most of them."""
        if self._part is None or 4 * len(wanted) < 3 * len(self._part[0]) or not np.isin(wanted, self._part[0]).all():
            part = self.csc[:, wanted]
            self._part = wanted, part, type(part)((part.data**2, part.indices, part.indptr), shape=part.shape)
        return self._part

    def reach(self, bowl: ColumnBowl) -> tuple[Array, Array, float]:
        """The step p to where one stands in the last bowl: for all parameters, how scores move, and p'Hp."""
        assert self._seen_from is not None
        assert self._part is not None
        (bends, bias), D = self._seen_from, bowl.W - bowl.start
        some, part, _ = self._part
        step = np.zeros((self.affine.n_features, self.affine.n_outputs))
        step[some] = D
        c = bias + bowl.bias
        along = part @ D + c if len(c) else part @ D
        curved = float((along * bends.times(along)).sum()) + self.l2 * float((D * D).sum())
        return self.affine.pack(step, c), along, max(curved, 0.0)

    def tally(self, parameters: Array) -> Tally:
        """The same sums as `Objective.tally`, from the scores that are kept: a declared fast path."""
        cost, g = self.cost.loss.value_and_gradient(self.scores(parameters), self.y)
        g = self.each * g
        return Tally(float((self.each * cost).sum()), self.weight, self.affine.pack(self.csc.T @ g, g.sum(axis=0)))

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """The objective and its slope; kept for the last place."""
        if self._looked is None or self._looked[0] is not parameters:
            self._looked = parameters, super().value_and_gradient(parameters)
        return self._looked[1]

    def value_at(self, parameters: Array, z: Array) -> float:
        """The objective where the scores are z."""
        self._kept = parameters, z
        cost = float((self.each * self.cost.loss.value(z, self.y)).sum())
        return self.total.value(cost, self.weight) + float(self.penalty.value(self.mask * parameters))

    def smooth_slope(self, here: Point) -> tuple[Array, Array]:
        """The slope of all but the kinks: for the weights (features, outputs) and the bias (outputs,)."""
        return self.affine.unpack(here.gradient - self.l1 * np.sign(self.mask * here.parameters))

    def promise(self, here: Point, p: Array) -> float:
        """How much a step p would gain, were the smooth part straight."""
        W, _ = self.affine.unpack(here.parameters)
        P, c = self.affine.unpack(p)
        slope, of_bias = self.smooth_slope(here)
        return float((slope * P).sum() + of_bias @ c) + self.l1 * float((np.abs(W + P) - np.abs(W)).sum())

    def gap(self, parameters: Array, value: float) -> float:
        """A bound on how far the value is above the minimum: Σ (l1 |w| + G w) + (max |G| - l1) value / l1.

        G is the slope of the smooth part F, and F(w*) - F(w) >= G (w* - w). No cost is negative, so l1 Σ |w*| is at
        most the value. That of the bias is 0, as far as floats go: each step ends at its best place. So is what
        rounding can have made of a G, which beside columns of 2^40 is more than l1.
        """
        if not self.cost.loss.nonnegative:
            return math.nan
        W, _ = self.affine.unpack(parameters)
        G, _ = self.smooth_slope(Point(parameters, *self.value_and_gradient(parameters)))
        beyond, lost = max(float(np.abs(G).max()) - self.l1, 0.0), 0.0
        if beyond > CERTAIN * self.l1:
            rounding = self._rounding(parameters)
            beyond, lost = max(float((np.abs(G) - rounding).max()) - self.l1, 0.0), float((rounding * np.abs(W)).sum())
        return max(float((self.l1 * np.abs(W) + G * W).sum()), lost) + beyond * value / self.l1

    def _rounding(self, parameters: Array) -> Array:
        """How large the slope for a weight can be by rounding alone: 2^-50 Σ |x| |slope of the row|."""
        g = np.abs(self.each * self.cost.loss.gradient(self.scores(parameters), self.y))
        return 2.0**-50 * self.total.slope(1.0, self.weight) * (abs(self.csc).T @ g)

    def bends(self, z: Array) -> Bends:
        """How the total bends with the scores of each row.

        Where a row bends next to nothing, such as an outlier of Huber's loss, it counts as bending a little, so that
        the bowl has a bottom.
        """
        scale = self.total.slope(1.0, self.weight) * self.each
        if isinstance(self.cost.loss, CrossEntropy):
            chance = np.asarray(softmax.value(z))
            return Bends(scale * chance, np.sqrt(scale) * chance)
        bend = self.cost.loss.curvature(z, self.y, np.ones_like(z))
        return Bends(scale * np.maximum(bend, 1e-8 * (self.cost.loss.curvature_bound or 0.0)), None)

    def kinked_bowl(self, here: Point) -> ColumnBowl:
        """The bowl over the features of which some weight can move."""
        W, _ = self.affine.unpack(here.parameters)
        slope, of_bias = self.smooth_slope(here)
        free = (W != 0) | (np.abs(slope) > self.l1)
        bends = self.bends(self.scores(here.parameters))
        some, part, squared = self._columns(np.flatnonzero(free.any(axis=1)))
        alone = squared.T @ (bends.own if bends.across is None else bends.own - bends.across * bends.across)
        mean, inverse = self._means(part, bends)
        pull = mean @ inverse
        bend = np.maximum(alone - (mean * pull).sum(axis=2), 1e-14 * alone) + self.l2
        bias = -inverse @ of_bias[: len(inverse)]
        self._seen_from = bends, bias
        if self.affine.n_outputs == 1:
            root = np.sqrt(bends.own[:, 0])
            part = type(part)((part.data * root[part.indices], part.indices, part.indptr), shape=part.shape)
            bends = Bends(np.ones_like(bends.own), None)
        return ColumnBowl(
            part, bends, slope[some] + mean @ bias, np.where(free[some], bend, 0.0), mean, pull, W[some], self.l1,
            self.l2, W[some].copy(), np.zeros_like(bends.own), np.zeros_like(bias),
        )  # fmt: skip

    def _means(self, part: Any, bends: Bends) -> tuple[Array, Array]:
        """Σ_i x_ij M_i e_k, (features, outputs, outputs), and the inverse of Σ M_i; empty without a bias."""
        outputs = self.affine.n_outputs
        if not self.affine.fit_intercept:
            return np.zeros((part.shape[1], outputs, 0)), np.zeros((0, 0))
        mean, total = np.zeros((part.shape[1], outputs, outputs)), np.zeros((outputs, outputs))
        for k in range(outputs):
            row = np.zeros_like(bends.own)
            row[:, k] = bends.own[:, k]
            if bends.across is not None:
                row -= bends.across[:, [k]] * bends.across
            mean[:, k], total[k] = part.T @ row, row.sum(axis=0)
        return mean, LINALG.pinv(total, rcond=1e-13, hermitian=True)


def column_training(
    objective: Objective, start: Array, *, tolerance: float, listeners: Iterable[Listener] = (), **settings: Any
) -> Training:
    """Newton's method over columns, ready to go. Settings: epochs, learning_rate, schedule, as for `Training`."""
    columns = ColumnObjective(objective)
    settled = ColumnsSettled(tolerance, max(float(columns.blocks.n_rows), columns.weight))
    watching: list[Listener] = [settled] if tolerance > 0 else []
    loop = Training(columns, ColumnNewton(), parameters=start, listeners=[History(), *watching, *listeners], **settings)
    settled.training = loop
    return loop
