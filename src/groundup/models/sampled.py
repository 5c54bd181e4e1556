"""The Hessian of every second or third row, in single precision: a bowl that is right to a hundredth or so.

    H ~ Σ b_i (x_i - m)(x_i - m)' over runs of neighbouring rows, evenly spread;   b_i the bend of the cost of row i

It only says where to go; where the minimum is, and that it is one, the gradient of all rows says, in double precision.
With d columns and r rows its error is about sqrt(d / r), and as much of the way is left after each step. By a BLAS,
250,000 x 100 took 34 ms; a pass over all of 500,000 rows for the gradient makes it on the way (`BowlOnTheWay`, extra
`fast`) for about as much, of all rows: from 60 standard errors away 3, 0.002 and 0.000003 were left after each pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.coded import labels_as_they_lie
from groundup.data.parallel import merged, parallel_reduce
from groundup.models import passes
from groundup.models.cost import Tally
from groundup.models.whitened import RawModel, WhitenedObjective
from groundup.solve.compiled import bent as on_the_way
from groundup.solve.compiled import build, lying
from groundup.solve.newton import Bowl, bowl_of

ROWS_PER_COLUMN = 2_500
"""So many rows make an error of a fiftieth."""
LEAST_SHARE = 8
"""Where there are more, one row in so many: next to a pass over all of them it costs little."""
ROWS_ON_THE_WAY = 5_000
"""The same where a pass makes the products on the way."""
WIDEST = 256
"""Up to so many columns that pays; for wider ones a BLAS is as fast."""
RUN = 128
"""Neighbours that are read together; a file that is sorted is still seen everywhere."""
NEAR_BYTES = 1 << 21
"""Rows of this size in single precision are still in a core's cache when the product comes."""
SINGLE = 1e9
"""Columns whose spread is within this factor of 1 have squares in the range of single precision."""
SURE = 1e4
"""Up to this condition single precision leaves the smallest curvature three digits."""
FOR_ERRORS = 4
"""From so many times the numbers of a compiled pass on, one for standard errors is made where none is kept."""


class Bent(NamedTuple):
    """Σ b, Σ b (x - m), Σ b (x - m)(x - m)' and Σ w of some rows."""

    level: float
    along: Array
    across: Array
    weight: float

    def merge(self, other: Bent) -> Bent:
        """Those of both."""
        return Bent(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def sampled_bowl(objective: WhitenedObjective, parameters: Array, bent: Bent | None = None) -> Bowl | None:
    """The bowl of some of the rows as they are, for one score a row; None where single precision would not do.

    `bent` is what a pass has gathered on the way.
    """
    model, blocks = objective.whitened, objective.blocks
    if not (isinstance(model, RawModel) and isinstance(blocks, ArrayBlocks)) or model.n_outputs > 1:
        return None
    with np.errstate(over="ignore", invalid="ignore"):  # a row far out may be beyond single precision
        H = _hessian(objective, model, bent or _bent(objective, model, blocks, parameters))
    if H is None:
        return None
    if objective.price is not None:
        H[int(model.intercept) :, int(model.intercept) :] += objective.price
    bowl = bowl_of(H)
    return bowl if bowl.sure and bowl.spread**2 * float(H.diagonal().max()) < SURE * len(H) else None


def exact_hessian(objective: WhitenedObjective, parameters: Array) -> Array | None:
    """The Hessian of all rows, without the penalty, in machine code; None where there is none for them.

    The pass sees the cost and the gradient too: the objective knows both afterwards, for these parameters.
    """
    look, model, seen = _look_on_the_way(objective, single=False), objective.whitened, list[Bent]()
    if look is None or not isinstance(model, RawModel):
        return None

    def aside(parameters: Array) -> Tally:
        tally, bent = look(parameters, 0)
        seen.append(bent)
        return tally

    objective.forget()
    objective.aside = aside
    objective.value_and_gradient(parameters)
    return _hessian(objective, model, seen[0])


def _hessian(objective: WhitenedObjective, model: RawModel, bent: Bent) -> Array | None:
    """The Hessian in the coordinates of the basis; None where some number is beyond the floats."""
    d, first = model.affine.n_features, int(model.intercept)
    plain = np.empty((d + first, d + first))
    plain[:first, :first], plain[:first, first:], plain[first:, :first] = bent.level, bent.along, bent.along[:, None]
    plain[first:, first:] = bent.across
    if not np.isfinite(plain).all():
        return None
    return model.whiten(plain * (objective.price_of_a_row / bent.weight))


def _bent(objective: WhitenedObjective, model: RawModel, blocks: ArrayBlocks, parameters: Array) -> Bent:
    n, d = blocks.X.shape
    period = RUN * max(1, min(n // (ROWS_PER_COLUMN * d), LEAST_SHARE))
    runs, together = n // period, max(1, NEAR_BYTES // (4 * RUN * d))
    kind = np.float32 if _is_in_range(model) else np.float64
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


def _is_in_range(model: RawModel) -> bool:
    """Whether squares of the columns are in the range of single precision."""
    spread = 1 / np.abs(model.basis.map).max(axis=1)
    return bool(spread.max() < SINGLE and spread.min() > 1 / SINGLE)


Fill = Callable[[int, int, Array, Array], tuple[float, float]]
"""(first run, how many, near, roots) -> Σ b, Σ w: fills near with sqrt(b) (x - m), and roots with sqrt(b)."""


def _plain(objective: WhitenedObjective, model: RawModel, parameters: Array, period: int) -> Fill:
    """The definition."""
    blocks, loss = objective.blocks, objective.cost.loss
    assert isinstance(blocks, ArrayBlocks)
    W, b = model.plain.unpack(model.folded(parameters))
    labels = labels_as_they_lie(blocks)

    def some(column: Array, first: int, runs: int) -> Array:
        parts: Array = column[first * period : (first + runs) * period].reshape(runs, period, -1)
        return parts[:, :RUN]

    def fill(first: int, runs: int, near: Array, roots: Array) -> tuple[float, float]:
        X, y = some(blocks.X, first, runs), some(labels, first, runs).reshape(-1, 1).astype(float)
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


def _compiled(objective: WhitenedObjective, model: RawModel, parameters: Array, period: int) -> Fill | None:
    """The same in one reading of the rows; None where numba is not installed, or for other arrays."""
    blocks = objective.blocks
    assert isinstance(blocks, ArrayBlocks)
    if not (passes.lie_well(blocks) and (objective.is_part or passes.is_worth(blocks, objective.cost.loss))):
        return None
    found = passes.kernel_of(lying.compiled_bend, objective.cost.loss, build.bend_of)
    if found is None:
        return None
    kernel, constants = found
    W, b = model.plain.unpack(model.folded(parameters))
    w, y = np.append(W[:, 0], b), labels_as_they_lie(blocks)
    weight = np.empty(0) if blocks.sample_weight is None else blocks.sample_weight

    def fill(first: int, runs: int, near: Array, roots: Array) -> tuple[float, float]:
        room, shift = np.empty((3, RUN)), model.basis.shift
        return kernel(
            blocks.X, y, weight, first, runs, period, RUN, w, constants, shift, near, roots, room
        )  # fmt: skip

    return fill


class BowlOnTheWay:
    """`sampled_bowl` at one place after the other: of rows that the last pass over all of them has seen anyway.

    `shares` says for each of them in turn of which part of the rows it is: 8 is an eighth. A place that no pass has
    looked at costs a reading of its own.
    """

    def __init__(self, objective: WhitenedObjective, shares: Iterable[int] = (8, 1)):
        self.objective = objective
        self._place: Array | None = None
        self._bent: Bent | None = None
        self._look = _look_on_the_way(objective)
        # A bowl of fewer rows than there might be is worth what it costs on the way, and no more.
        self._shares = [share for share in shares if share == 1 or self._look is not None]
        self._gather()

    @property
    def first_at(self) -> float:
        """At which part of the way the first pays: at once, where it costs next to nothing."""
        return 0.5 if self._look is None else 1.0

    def __call__(self, parameters: Array) -> Bowl | None:
        """The bowl at these parameters; None where there are no more shares."""
        if not self._shares:
            return None
        self._shares.pop(0)
        bowl = sampled_bowl(self.objective, parameters, self._bent if parameters is self._place else None)
        self._gather()
        return bowl

    def _gather(self) -> None:
        if self._look is not None and self._shares:
            look, share = self._look, self._shares[0]

            def aside(parameters: Array) -> Tally:
                self._place = parameters
                tally, self._bent = look(parameters, share)
                return tally

            self.objective.aside = aside


def _look_on_the_way(
    objective: WhitenedObjective, single: bool = True
) -> Callable[[Array, int], tuple[Tally, Bent]] | None:
    """(parameters, share) -> what `tally` returns, and `Bent` of one row in so many times as many; 0 is all rows."""
    model, blocks = objective.whitened, objective.blocks
    if not (isinstance(model, RawModel) and isinstance(blocks, ArrayBlocks) and model.n_outputs == 1):
        return None
    n, d = blocks.X.shape
    many = objective.is_part or passes.is_worth(blocks, objective.cost.loss)
    if d > WIDEST or not (many and passes.lie_well(blocks) and _is_in_range(model)):
        return None
    loops, kind = (on_the_way.compiled, np.float32) if single else (on_the_way.in_double_precision, np.float64)
    found = passes.kernel_of(loops, objective.cost.loss, build.look_of, build.bend_of)
    if found is None:
        return None
    (kernel, lanes), *constants = found
    if not single and n * d < FOR_ERRORS * passes.WORTH and not build.is_kept(kernel):
        return None
    y, weight = labels_as_they_lie(blocks), np.empty(0) if blocks.sample_weight is None else blocks.sample_weight

    def look(parameters: Array, share: int) -> tuple[Tally, Bent]:
        W, b = model.plain.unpack(model.folded(parameters))
        w = np.append(W[:, 0], b)
        period = max(1, min(share * n // (ROWS_ON_THE_WAY * d), LEAST_SHARE))

        def of(some: slice) -> tuple[Tally, Bent]:
            Z, C, wide = on_the_way.room(d, lanes, kind)
            G, sums, room = np.empty(d + 1), np.empty(3), np.empty((5, on_the_way.ROWS))
            place = blocks.X, y, weight, some.start, some.stop, period
            kernel(*place, w, *constants, model.basis.shift, Z, C, G, sums, room)
            upper = np.triu(C.reshape(wide, wide)[: d + 1, : d + 1].astype(float))
            whole = upper + np.triu(upper, 1).T
            bent = Bent(float(whole[d, d]), whole[d, :d], whole[:d, :d], float(sums[2]))
            return Tally(float(sums[0]), float(sums[1]), G), bent

        with np.errstate(over="ignore", invalid="ignore"):  # a row far out may be beyond single precision
            tally, bent = parallel_reduce(passes.pieces(blocks), of, _both)
        return tally._replace(gradient=model.unfolded(tally.gradient)), bent

    return look


def _both(one: tuple[Tally, Bent], other: tuple[Tally, Bent]) -> tuple[Tally, Bent]:
    return one[0].merge(other[0]), one[1].merge(other[1])
