"""Many rows or many unknowns: a start from a part of the rows, and a Hessian that is borrowed instead of made.

    a part of the rows   ->  its minimum and its Hessian, by Newton's method
    all rows             ->  from there, with that Hessian, mended by what each step shows; one gradient a step

The minimum of a part is near that of all: with one row in 16 it is some four standard errors of the part away.
Where there are many unknowns (classes x features) even one Hessian is dear. On whitened rows it is close to the same
small matrix for every feature, the mean Hessian of the scores, and that is borrowed.

Byrd, Chin, Neveitt and Nocedal, On the use of stochastic Hessian information in optimization methods for machine
learning, SIAM Journal on Optimization 21 (2011).
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.data import parallel
from groundup.data.blocks import ArrayBlocks
from groundup.models.affine import Affine
from groundup.models.basis import LINALG, Basis
from groundup.models.objective import Objective
from groundup.models.whitened import KEPT_NUMBERS, WhitenedObjective
from groundup.solve.newton import BorrowedNewton, EvenBowl, bowl_of

MANY_UNKNOWNS = 300
MANY_OPERATIONS = 3e9
"""Up to so many multiplications a Hessian and its factor are made, however many unknowns there are."""
PART_ROWS = 20_000
BOWL_ROWS = 4_000
HARMLESS_OFFSET = 1e3
"""How many times its spread the offset of a column may be, for three digits of its scores to be lost at most."""


def one_blas_thread() -> Any:
    """A context in which each matrix product uses one core: a factor of 100 columns split over two waits more than it
    works (on a busy machine 100 ms instead of 1), and blocks of rows keep both cores busy anyway.
    """
    blas = parallel._blas()  # pyright: ignore[reportPrivateUsage]
    return nullcontext() if blas is None else blas.limit(limits=1, user_api="blas")


def is_large(objective: Objective) -> bool:
    """Whether a start from a part of the rows pays."""
    rows = objective.blocks
    return isinstance(rows, ArrayBlocks) and rows.n_rows * rows.n_features > KEPT_NUMBERS


def has_many_unknowns(objective: Objective) -> bool:
    """Whether a Hessian of all rows and its factor would take longer than dozens of gradients."""
    model, n = objective.model, objective.blocks.n_rows
    unknowns = model.n_parameters
    return unknowns > MANY_UNKNOWNS and n * float(unknowns) ** 2 + 4 * float(unknowns) ** 3 > MANY_OPERATIONS


def is_dear(whitened: WhitenedObjective) -> bool:
    """Whether a Hessian of all rows would take longer than all the rest of a fit."""
    return (
        whitened.whitened.n_parameters > MANY_UNKNOWNS
        or whitened.blocks.n_rows * whitened.blocks.n_features > KEPT_NUMBERS
    )


def part_of(objective: Objective) -> Objective:
    """The objective on one row in `every`, spread evenly over all rows."""
    rows = objective.blocks
    assert isinstance(rows, ArrayBlocks)
    wanted = max(PART_ROWS, 8 * objective.model.n_parameters)
    every = max(2, rows.n_rows // wanted)
    # Every third row of a sorted file is fine; every third row of a file that repeats every three rows is not.
    picked = np.sort(np.random.default_rng(0).permutation(rows.n_rows)[: rows.n_rows // every])
    weight = None if rows.sample_weight is None else rows.sample_weight[picked]
    return objective.on(ArrayBlocks(rows.X[picked], rows.y[picked], weight))


def harmless(basis: Basis, objective: Objective) -> bool:
    """Whether the scores may be worked out from the rows as they are."""
    affine = objective.model
    assert isinstance(affine, Affine)
    if basis.rank < affine.n_features or basis.doubled:
        return False
    spread = 1 / np.abs(basis.map).max(axis=1)
    return bool(np.all(np.abs(basis.shift) <= HARMLESS_OFFSET * spread) and np.all((spread > 1e-50) & (spread < 1e50)))


def even_bowl(objective: WhitenedObjective, parameters: Array) -> EvenBowl:
    """The mean Hessian of the scores at these parameters, for every feature of whitened rows."""
    model, loss = objective.whitened, objective.cost.loss
    C = np.eye(model.n_outputs) if model.C is None else model.C
    seen, total, weight = 0, np.zeros((model.free, model.free)), 0.0
    for block in objective.blocks:
        z = model.forward(parameters, block.X)[0]
        w = np.ones((len(z), 1)) if block.sample_weight is None else block.sample_weight[:, None]
        for j in range(model.free):
            moved = loss.curvature(z, block.y, np.broadcast_to(C[:, j], z.shape))
            total[:, j] += (w * moved).sum(axis=0) @ C
        weight, seen = weight + float(w.sum()), seen + len(z)
        if seen >= BOWL_ROWS:
            break
    curvatures, V = LINALG.eigh(total / weight)
    curvatures = np.maximum(curvatures, 1e-6 * curvatures[-1])
    p, first = model.n_features, int(model.intercept)
    prices, axes = np.zeros(p - first), np.eye(p - first)
    if objective.price is not None:
        prices, axes = LINALG.eigh(objective.price)
    # The whitening made (Gram matrix) + price / bound = 1, so along each axis what is not price is Gram.
    gram = np.maximum(1 - prices / (loss.curvature_bound or 1.0), 0.0)
    U, values = np.eye(p), np.broadcast_to(curvatures, (p, model.free)).copy()
    U[first:, first:] = axes
    values[first:] = np.outer(gram, curvatures) + prices[:, None]
    return EvenBowl(U, V, values)


def longest_row(objective: WhitenedObjective) -> float:
    """A bound on the length of whitened rows that are never made."""
    basis, rows = objective.basis, objective.blocks
    far = rows.reduce(lambda block: np.abs(block.X).max(axis=0), np.maximum) + np.abs(basis.shift)
    return 1 + float(np.linalg.norm(far @ np.abs(basis.map)))


def borrowed(objective: Objective, small: Any) -> tuple[WhitenedObjective, Any, Array, float] | None:
    """The objective on rows as they are, the method and the start from the answer `small` for a part; None if unfit."""
    basis = small.objective.basis
    if not (small.reason.startswith("converged") and harmless(basis, objective)):
        return None
    whitened = WhitenedObjective(objective, basis, raw=True)
    if whitened.whitened.n_parameters > MANY_UNKNOWNS:
        bowl: Any = even_bowl(whitened, small.coordinates)
    else:
        bowl = bowl_of(small.objective.hessian(small.coordinates))
    return whitened, BorrowedNewton(bowl), small.coordinates, longest_row(whitened)


def tolerance_for(tolerance: float, rows: float) -> float:
    """The tolerance in standard errors at which sums over rows are right to 10 digits as well: mean(p) = mean(y)."""
    return tolerance if rows > PART_ROWS else tolerance / 100
