"""How an affine objective bends at one place, as products: for Newton's method without a matrix.

    H v = slope of the total x Σ w X'(loss''(z) (X v)) + l2 v,   diag H = slope x Σ w (X²)' loss''(z) + l2

The scores z are worked out once for each place; after that a product is one pass over the rows. H is also A'A, where
A v is root(slope w) R(X v) for each row, with R'R = loss''(z), and below that root(l2) v. For one score R is its root,
for the chances p of a softmax it is v -> q v - q (q'q v) with q = root(p).
"""

from __future__ import annotations

import math
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import GROUP, ArrayBlocks, Block
from groundup.data.parallel import parallel_reduce
from groundup.data.sparse import SparseRows
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.objective import Objective
from groundup.solve.newton_cg import Bent, Root, Rounding, Way, way

ROUNDING = 2.0**-53


class Seen(NamedTuple):
    """A block, its scores and, for losses of one score, their second derivative times the weight of the row."""

    block: Block
    z: Array
    bend: Array | None


class Part(NamedTuple):
    """A block, where its rows lie in A v, and R: the root of the bend, or of the chances; times that of the weights."""

    block: Block
    start: int
    end: int
    root: Array
    chances: Array | None

    def rooted(self, z: Array) -> Array:
        """R z of each row."""
        q = self.chances
        if q is None:
            return self.root * z
        return self.root * (q * z - q * (q * q * z).sum(axis=1, keepdims=True))

    def back(self, u: Array) -> Array:
        """R'u of each row."""
        q, u = self.chances, self.root * u.reshape(len(self.root), -1)
        return u if q is None else q * (u - q * (q * u).sum(axis=1, keepdims=True))


class BentObjective(Objective):
    """An objective of an affine model with a mean or a sum for its total, that can be bent."""

    _way: tuple[Array, Way] | None = None

    def bent(self, parameters: Array) -> Bent:
        """The second derivative at the parameters."""
        seen, slope = [self._see(block, parameters) for block in self.blocks], self.slope

        def times(v: Array) -> Array:
            total: Array = parallel_reduce(seen, lambda one: self._product(one, v), np.add, group=GROUP)
            return slope * total + self.penalty.curvature(self.mask * parameters, self.mask * v)

        diagonal: Array = parallel_reduce(seen, self._diagonal, np.add, group=GROUP)
        ones = np.ones(len(parameters))
        curved = slope * diagonal + self.penalty.curvature(self.mask * parameters, self.mask * ones)
        return Bent(times, curved, partial(self._root, seen))

    @cached_property
    def slope(self) -> float:
        """What a unit of the cost of all rows together is in the objective."""
        weight = sum(float(len(b.X) if b.sample_weight is None else b.sample_weight.sum()) for b in self.blocks)
        return self.total.slope(1.0, weight * (1 if self.cost.loss.rowwise else self.model.n_outputs))

    def _root(self, seen: list[Seen]) -> Root:
        """V -> A v and u -> A'u."""
        assert isinstance(self.penalty, ElasticNet)
        parts = list[Part]()
        for block, z, bend in seen:
            start = parts[-1].end if parts else 0
            chances = None if bend is not None else np.sqrt(self.cost.loss.response(z))
            bend = self._weighted(block, np.ones((len(z), 1))) if bend is None else np.maximum(bend, 0.0)
            parts.append(Part(block, start, start + z.size, np.sqrt(self.slope * bend), chances))
        rows, price = parts[-1].end, math.sqrt(self.penalty.l2) * self.mask

        def along(v: Array) -> Array:
            def fill(one: Part) -> None:
                u[one.start : one.end] = one.rooted(self.model.score(v, one.block.X)).ravel()

            u = np.empty(rows + len(v))
            u[rows:] = price * v
            parallel_reduce(parts, fill, lambda one, other: None, group=GROUP)
            return u

        def back(u: Array) -> Array:
            def of(one: Part) -> Array:
                return self.model.pullback(u[rows:], one.block.X, one.back(u[one.start : one.end]))

            return price * u[rows:] + parallel_reduce(parts, of, np.add, group=GROUP)

        return Root(along, back)

    def way(self, parameters: Array) -> Way:
        """Newton's step from there, flat directions included; kept for the last place."""
        if self._way is None or self._way[0] is not parameters:
            g = self.value_and_gradient(parameters)[1]
            self._way = parameters, way(self.bent(parameters), g, self.rounding(parameters))
        return self._way[1]

    def knows(self, parameters: Array) -> bool:
        """Whether the way from there was asked for last."""
        return self._way is not None and self._way[0] is parameters

    def rounding(self, parameters: Array) -> Rounding:
        """What may be rounding there."""
        rows, affine, loss = self.blocks, self.model, self.cost.loss
        assert isinstance(rows, ArrayBlocks)
        assert isinstance(affine, Affine)
        weight = self.slope if rows.sample_weight is None else self.slope * rows.sample_weight[:, None]
        z, (weights, bias) = affine.score(parameters, rows.X), affine.unpack(np.abs(parameters))
        size = abs(rows.X.csr) if isinstance(rows.X, SparseRows) else np.abs(rows.X)
        g, wrong = weight * np.abs(loss.gradient(z, rows.y)), ROUNDING * (size @ weights + bias)
        bent = loss.response(z) * wrong if loss.rowwise else loss.curvature(z, rows.y, wrong)
        along = float((weight * bent * wrong).sum())
        slope = ROUNDING * affine.pack(size.T @ g, g.sum(axis=0))
        return Rounding(slope, 8 * float((g * wrong).sum()), math.sqrt(max(along, 0.0)))

    def _see(self, block: Block, parameters: Array) -> Seen:
        z = self.model.score(parameters, block.X)
        if self.cost.loss.rowwise:
            return Seen(block, z, None)
        return Seen(block, z, self._weighted(block, self.cost.loss.curvature(z, block.y, np.ones_like(z))))

    def _weighted(self, block: Block, bend: Array) -> Array:
        return bend if block.sample_weight is None else block.sample_weight[:, None] * bend

    def _product(self, seen: Seen, v: Array) -> Array:
        block, z, bend = seen
        moved = self.model.score(v, block.X)
        if bend is None:
            moved = self._weighted(block, self.cost.loss.curvature(z, block.y, moved))
        else:
            moved *= bend
        return self.model.pullback(v, block.X, moved)

    def _diagonal(self, seen: Seen) -> Array:
        block, z, bend = seen
        model = self.model
        assert isinstance(model, Affine)
        if bend is None:
            each = np.eye(z.shape[1])
            columns = [self.cost.loss.curvature(z, block.y, np.broadcast_to(one, z.shape)) @ one for one in each]
            bend = self._weighted(block, np.stack(columns, axis=1))
        X = block.X.squared() if isinstance(block.X, SparseRows) else block.X * block.X
        return model.pack(X.T @ bend, bend.sum(axis=0))
