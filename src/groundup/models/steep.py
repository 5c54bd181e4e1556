"""Bowls that cost next to nothing: what the Hessian is for whitened rows, from a few thousand of them.

even_bowl     as if all rows had one curvature: exact at weight 0, and for every feature the same
steep_bowl    that, and all of the Hessian along the few directions on which the scores depend

For rows that are nearly normal the second is the Hessian itself; for others, `BorrowedNewton` mends what is left.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Block
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.models.basis import LINALG
from groundup.models.whitened import Bend, WhitenedModel, WhitenedObjective, weight_of
from groundup.solve.newton import EvenBowl, SteepBowl, bowl_of

BOWL_ROWS = 4_000


def few_rows(objective: WhitenedObjective) -> Block:
    """Some thousand rows, spread evenly over all of them; the first block where rows are not in memory."""
    blocks = objective.blocks
    if not isinstance(blocks, ArrayBlocks):
        return next(iter(blocks))
    every = slice(None, None, max(1, blocks.n_rows // BOWL_ROWS))
    weight = None if blocks.sample_weight is None else blocks.sample_weight[every]
    return Block(blocks.X[every], blocks.y[every], weight)


def even_bowl(objective: WhitenedObjective, parameters: Array) -> EvenBowl:
    """The mean Hessian of the scores at these parameters, for every feature of whitened rows."""
    block = few_rows(objective)
    if isinstance(objective.cost.loss, CrossEntropy | Logistic) and not parameters.any():
        # Where all scores are 0 all rows have one curvature, whatever their class.
        block = Block(*(None if part is None else part[:1] for part in block))
    return _even(objective, _mean_curvature(objective, parameters, block))


def _mean_curvature(objective: WhitenedObjective, parameters: Array, block: Block) -> Array:
    """C' M C, with M the mean second derivative of the cost in the scores."""
    model, loss = objective.whitened, objective.cost.loss
    C = np.eye(model.n_outputs) if model.C is None else model.C
    z = model.forward(parameters, block.X)[0]
    w = np.ones((len(z), 1)) if block.sample_weight is None else block.sample_weight[:, None]
    mean = np.empty((model.free, model.free))
    for j in range(model.free):
        moved = loss.curvature(z, block.y, np.broadcast_to(C[:, j], z.shape))
        mean[:, j] = (w * moved).sum(axis=0) @ C
    return mean * objective.price_of_a_row / float(w.sum())


def _even(objective: WhitenedObjective, mean: Array) -> EvenBowl:
    """The bowl of which every feature has this curvature."""
    model = objective.whitened
    curvatures, V = LINALG.eigh(mean)
    curvatures = np.maximum(curvatures, 1e-6 * curvatures[-1])
    p, first = model.n_features, int(model.intercept)
    prices, axes = np.zeros(p - first), np.eye(p - first)
    if objective.price is not None:
        prices, axes = LINALG.eigh(objective.price)
    # The whitening made (Gram matrix) + price / bound = 1, so along each axis what is not price is Gram.
    gram = np.maximum(1 - prices / (objective.cost.loss.curvature_bound or 1.0), 0.0)
    U, values = np.eye(p), np.broadcast_to(curvatures, (p, model.free)).copy()
    U[first:, first:] = axes
    values[first:] = np.outer(gram, curvatures) + prices[:, None]
    return EvenBowl(U, V, values)


class Along(WhitenedModel):
    """The same scores from the places of the rows along a few axes U (features, few)."""

    def __init__(self, like: WhitenedModel, U: Array):
        super().__init__(like.affine, like.basis, like.C)
        self.n_features, self.n_parameters = U.shape[1], U.shape[1] * like.free


def steep_bowl(objective: WhitenedObjective, parameters: Array) -> SteepBowl | EvenBowl:
    """The Hessian along the coefficients and the bias, from some thousand rows, and an even bowl elsewhere."""
    model, first, block = objective.whitened, int(objective.whitened.intercept), few_rows(objective)
    table, k = parameters.reshape(model.n_features, model.free), model.free
    directions: Any = np.linalg.qr(table[first:])[0]
    if not table[first:].any() or directions.shape[0] <= directions.shape[1]:
        return even_bowl(objective, parameters)
    U = np.zeros((model.n_features, directions.shape[1] + first))
    U[:first, :first] = 1.0
    U[first:, first:] = directions
    bend = Bend(objective.cost, Along(model, U), (U.T @ table).ravel())
    H: Array = bend(block._replace(X=model.places(block.X, U))) * (objective.price_of_a_row / weight_of(block))
    # Along the bias every row is at 1, so that its part of H is the mean curvature.
    even = _even(objective, H[:k, :k] if first else _mean_curvature(objective, parameters, block))
    if objective.price is None:
        return SteepBowl(U, bowl_of(H), even)
    kron: Any = np.kron
    price = kron(U[first:].T @ objective.price @ U[first:], np.eye(k))
    return SteepBowl(U, bowl_of(H + price), even)
