"""How an affine objective bends at one place, as products: for Newton's method without a matrix.

    H v = slope of the total x Σ w X'(loss''(z) (X v)) + l2 v,   diag H = slope x Σ w (X²)' loss''(z) + l2

The scores z are worked out once for each place; after that a product is one pass over the rows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import GROUP, Block
from groundup.data.parallel import parallel_reduce
from groundup.data.sparse import SparseRows
from groundup.models.affine import Affine
from groundup.models.objective import Objective
from groundup.solve.newton_cg import Bent


class Seen(NamedTuple):
    """A block, its scores and, for losses of one score, their second derivative times the weight of the row."""

    block: Block
    z: Array
    bend: Array | None


class BentObjective(Objective):
    """An objective of an affine model with a mean or a sum for its total, that can be bent."""

    def bent(self, parameters: Array) -> Bent:
        """The second derivative at the parameters."""
        seen = [self._see(block, parameters) for block in self.blocks]
        weight = sum(
            float(len(one.z) if one.block.sample_weight is None else one.block.sample_weight.sum()) for one in seen
        )
        slope = self.total.slope(1.0, weight * (1 if self.cost.loss.rowwise else self.model.n_outputs))

        def times(v: Array) -> Array:
            total: Array = parallel_reduce(seen, lambda one: self._product(one, v), np.add, group=GROUP)
            return slope * total + self.penalty.curvature(self.mask * parameters, self.mask * v)

        diagonal: Array = parallel_reduce(seen, self._diagonal, np.add, group=GROUP)
        ones = np.ones(len(parameters))
        return Bent(times, slope * diagonal + self.penalty.curvature(self.mask * parameters, self.mask * ones))

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
