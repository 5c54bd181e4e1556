"""The Hessian of every second or third row, in single precision: a bowl that is right to a hundredth or so.

    H ~ Σ b_i (x_i - m)(x_i - m)' over runs of neighbouring rows, evenly spread;   b_i the bend of the cost of row i

It only says where to go; where the minimum is, and that it is one, the gradient of all rows says, in double precision.
With d columns and r rows its error is about sqrt(d / r), and as much of the way is left after each step. 250,000 x 100
took 34 ms, of which half are the products, that a BLAS makes twice as fast in single precision.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.parallel import merged, parallel_reduce
from groundup.models import passes
from groundup.models.whitened import RawModel, WhitenedObjective
from groundup.solve.compiled import build, lying
from groundup.solve.compiled.trace import UntraceableError
from groundup.solve.newton import Bowl, bowl_of

ROWS_PER_COLUMN = 2_500
"""So many rows make an error of a fiftieth."""
LEAST_SHARE = 8
"""Where there are more, one row in so many: next to a pass over all of them it costs little."""
RUN = 128
"""Neighbours that are read together; a file that is sorted is still seen everywhere."""
NEAR_BYTES = 1 << 21
"""Rows of this size in single precision are still in a core's cache when the product comes."""
SINGLE = 1e9
"""Columns whose spread is within this factor of 1 have squares in the range of single precision."""
SURE = 1e4
"""Up to this condition single precision leaves the smallest curvature three digits."""


class Bent(NamedTuple):
    """Σ b, Σ b (x - m), Σ b (x - m)(x - m)' and Σ w of some rows."""

    level: float
    along: Array
    across: Array
    weight: float

    def merge(self, other: Bent) -> Bent:
        """Those of both."""
        return Bent(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def sampled_bowl(objective: WhitenedObjective, parameters: Array) -> Bowl | None:
    """The bowl of some of the rows as they are, for one score a row; None where single precision would not do."""
    model, blocks = objective.whitened, objective.blocks
    if not (isinstance(model, RawModel) and isinstance(blocks, ArrayBlocks)) or model.n_outputs > 1:
        return None
    with np.errstate(over="ignore", invalid="ignore"):  # a row far out may be beyond single precision
        bent = _bent(objective, model, blocks, parameters)
    d, first = model.affine.n_features, int(model.intercept)
    plain = np.empty((d + first, d + first))
    plain[:first, :first], plain[:first, first:], plain[first:, :first] = bent.level, bent.along, bent.along[:, None]
    plain[first:, first:] = bent.across
    if not np.isfinite(plain).all():
        return None
    H = model.whiten(plain * (objective.price_of_a_row / bent.weight))
    if objective.price is not None:
        H[first:, first:] += objective.price
    bowl = bowl_of(H)
    return bowl if bowl.sure and bowl.spread**2 * float(H.diagonal().max()) < SURE * len(H) else None


def _bent(objective: WhitenedObjective, model: RawModel, blocks: ArrayBlocks, parameters: Array) -> Bent:
    n, d = blocks.X.shape
    period = RUN * max(1, min(n // (ROWS_PER_COLUMN * d), LEAST_SHARE))
    runs, together = n // period, max(1, NEAR_BYTES // (4 * RUN * d))
    spread = 1 / np.abs(model.basis.map).max(axis=1)
    kind = np.float32 if spread.max() < SINGLE and spread.min() > 1 / SINGLE else np.float64
    fill = _compiled(objective, model, parameters, period) or _plain(objective, model, parameters, period)

    def of(which: slice) -> Bent:
        near, roots = np.empty((together * RUN, d), dtype=kind), np.empty(together * RUN)
        found: list[Bent] = []
        for start in range(which.start, which.stop, together):
            count = min(together, which.stop - start)
            some, root = near[: count * RUN], roots[: count * RUN]
            level, weight = fill(start, count, some, root)
            product: Array = some.T @ some
            found.append(Bent(level, (root.astype(kind) @ some).astype(float), product.astype(float), weight))
        return merged(found, Bent.merge)

    step = min(4 * together, -(-runs // 4))
    pieces = (slice(start, min(start + step, runs)) for start in range(0, runs, step))
    return parallel_reduce(pieces, of, Bent.merge)


Fill = Callable[[int, int, Array, Array], tuple[float, float]]
"""(first run, how many, near, roots) -> Σ b, Σ w: fills near with sqrt(b) (x - m), and roots with sqrt(b)."""


def _plain(objective: WhitenedObjective, model: RawModel, parameters: Array, period: int) -> Fill:
    """The definition."""
    blocks, loss = objective.blocks, objective.cost.loss
    assert isinstance(blocks, ArrayBlocks)
    W, b = model.plain.unpack(model.folded(parameters))

    def some(column: Array, first: int, runs: int) -> Array:
        parts: Array = column[first * period : (first + runs) * period].reshape(runs, period, -1)
        return parts[:, :RUN]

    def fill(first: int, runs: int, near: Array, roots: Array) -> tuple[float, float]:
        X, y = some(blocks.X, first, runs), some(blocks.y, first, runs).reshape(-1, 1)
        z = (X @ W).reshape(-1, 1) + b
        bend: Any = loss.curvature(z, y, np.ones_like(z))[:, 0]
        weight = float(len(z))
        if blocks.sample_weight is not None:
            w = some(blocks.sample_weight, first, runs).ravel()
            bend, weight = w * bend, float(w.sum())
        np.sqrt(bend, out=roots)
        near.reshape(X.shape)[:] = X
        near -= model.basis.shift.astype(near.dtype)
        near *= roots.astype(near.dtype)[:, None]
        return float(bend.sum()), weight

    return fill


@cache
def _kernel(loss: Any) -> tuple[Any, Array] | None:
    """The compiled loop around the bend of this loss, and its constants."""
    try:
        lines = build.bend_of(loss)
    except (UntraceableError, AttributeError, TypeError):  # a formula that only runs on numbers
        return None
    kernel = lying.compiled_bend(lines.code)
    return None if kernel is None else (kernel, lines.constants.astype(float))


def _compiled(objective: WhitenedObjective, model: RawModel, parameters: Array, period: int) -> Fill | None:
    """The same in one reading of the rows; None where numba is not installed, or for other arrays."""
    blocks = objective.blocks
    assert isinstance(blocks, ArrayBlocks)
    if not (passes.lie_well(blocks) and (objective.is_part or passes.is_worth(blocks))):
        return None
    found = _kernel(objective.cost.loss)
    if found is None:
        return None
    kernel, constants = found
    W, b = model.plain.unpack(model.folded(parameters))
    w, weight = np.append(W[:, 0], b), np.empty(0) if blocks.sample_weight is None else blocks.sample_weight

    def fill(first: int, runs: int, near: Array, roots: Array) -> tuple[float, float]:
        room, shift = np.empty((3, RUN)), model.basis.shift
        return kernel(
            blocks.X, blocks.y, weight, first, runs, period, RUN, w, constants, shift, near, roots, room
        )  # fmt: skip

    return fill
