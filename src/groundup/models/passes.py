"""Costs, slopes and X'g of all rows in one reading: what each step on many rows costs.

`Cost.tally`, a block at a time, is the definition and what runs without the extra `fast`. With it, and from `WORTH`
numbers on, a compiled pass reads each row once. 500,000 x 100 logistic took 18 ms on two cores, large blocks in NumPy
43 ms and small ones 75 ms; reading the rows takes 12 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Block, Blocks
from groundup.data.coded import labels_as_they_lie
from groundup.data.parallel import parallel_reduce
from groundup.formulas.losses import CrossEntropy
from groundup.models.affine import Affine
from groundup.models.cost import Cost, Tally
from groundup.solve.compiled import build, classes, lying
from groundup.solve.compiled.kernels import TOGETHER
from groundup.solve.compiled.trace import UntraceableError

WORTH = 1_000_000
"""From so many numbers in X on the compiled pass is loaded: 0.2 s once a process, for half of each fit."""
MAKING = 10
"""Where none is kept on this machine it is made from so many times as many numbers on: that takes some seconds, once,
and on fewer numbers a fit without it takes a fraction of one."""
PIECE_BYTES = 1 << 22
"""So many bytes of rows a thread reads before it comes back for more."""
MOST_PIECES = 12
"""Nor do they come back more often: each time a thread waits for the others' Python."""


class Look(NamedTuple):
    """A tally, and the largest |x|² of a row, or 0 where nobody asked for it."""

    tally: Tally
    longest: float

    def merge(self, other: Look) -> Look:
        """Two pieces together."""
        return Look(self.tally.merge(other.tally), max(self.longest, other.longest))


Piece = Callable[[slice], Look]


def tally(cost: Cost, blocks: Blocks, parameters: Array) -> Tally:
    """Σ w cost, Σ w and the gradient of the first, over all rows."""
    # Without a question what is kept: a training that goes on elsewhere has the same digits there.
    enough = isinstance(blocks, ArrayBlocks) and blocks.n_rows * blocks.n_features >= WORTH
    if not (enough and _at_once(cost, blocks, worth=True)):
        return blocks.reduce(cost.tally(parameters), Tally.merge)
    return look(cost, blocks, parameters, lengths=False, worth=True).tally


def look(cost: Cost, blocks: Blocks, parameters: Array, *, lengths: bool, worth: bool = False) -> Look:
    """The same, with the longest row, which costs a fraction of a reading of its own.

    `worth` is for a part of many rows: the compiled pass will be loaded anyway.
    """
    if not _at_once(cost, blocks, worth):
        longest = blocks.reduce(lambda block: longest_square(block.X), max) if lengths else 0.0
        return Look(blocks.reduce(cost.tally(parameters), Tally.merge), longest)
    assert isinstance(blocks, ArrayBlocks)
    piece = _compiled(cost, blocks, parameters, lengths) or _plain(cost, blocks, parameters, lengths)
    return parallel_reduce(pieces(blocks), piece, Look.merge)


def pieces(blocks: ArrayBlocks) -> list[slice]:
    """The rows in a few pieces, each long enough for a thread."""
    rows = max(1024, PIECE_BYTES // (blocks.X.itemsize * blocks.n_features), -(-blocks.n_rows // MOST_PIECES))
    return [slice(start, min(start + rows, blocks.n_rows)) for start in range(0, blocks.n_rows, rows)]


def longest_square(X: Array) -> float:
    """The largest |x|² of a row; infinity where that is beyond the floats."""
    einsum: Any = np.einsum
    with np.errstate(over="ignore"):
        return float(einsum("ij,ij->i", X, X).max())


def _at_once(cost: Cost, blocks: Blocks, worth: bool = False) -> bool:
    if not (isinstance(blocks, ArrayBlocks) and type(cost.model) is Affine):
        return False
    return isinstance(blocks.X, np.ndarray) and (worth or is_worth(blocks, cost.loss))


def _plain(cost: Cost, blocks: ArrayBlocks, parameters: Array, lengths: bool) -> Piece:
    """By the definition, a large block at a time: small ones would keep two threads waiting for each other."""
    statistic = cost.tally(parameters)

    def of(some: slice) -> Look:
        rows = blocks.take(some)
        block = Block(rows.X, rows.y, rows.sample_weight)
        return Look(statistic(block), longest_square(block.X) if lengths else 0.0)

    return of


def is_worth(blocks: ArrayBlocks, loss: Any) -> bool:
    """Whether there are enough numbers for the compiled pass to be loaded, or to be made."""
    numbers = blocks.n_rows * blocks.n_features
    return numbers >= MAKING * WORTH or (numbers >= WORTH and _is_kept(loss))


def _is_kept(loss: Any) -> bool:
    """Whether the compiled pass of this loss lies ready, in memory or on disk."""
    found = (classes.compiled(),) if loss.rowwise else kernel_of(lying.compiled, loss, build.look_of)
    return found is not None and build.is_kept(found[0])


def _compiled(cost: Cost, blocks: ArrayBlocks, parameters: Array, lengths: bool = False) -> Piece | None:
    """The compiled statistic of a piece; None where there is none for this model and loss, or these arrays."""
    model, loss = cost.model, cost.loss
    if type(model) is not Affine or not lie_well(blocks):
        return None
    if model.n_outputs == 1 and not loss.rowwise:
        return _one_output(model, loss, blocks, parameters, lengths)
    if type(loss) is CrossEntropy and blocks.X.dtype == np.float64 and classes.compiled() is not None:
        return _many_classes(model, loss.label_smoothing, blocks, parameters, lengths)
    return None


def lie_well(blocks: ArrayBlocks) -> bool:
    """Whether a compiled loop can walk through these arrays."""
    y = labels_as_they_lie(blocks)
    arrays: list[Any] = [blocks.X, y, *([] if blocks.sample_weight is None else [blocks.sample_weight])]
    return all(a.flags.c_contiguous and (a.dtype.char in "fd" or a is y) for a in arrays)


@cache
def kernel_of(loops: Any, loss: Any, *traced: Any) -> tuple[Any, ...] | None:
    """What `loops` compiles around the traced lines of this loss, and the constants of each; None where it does not."""
    try:
        lines = [lines_of(loss) for lines_of in traced]
    except (UntraceableError, AttributeError, TypeError):  # a formula that only runs on numbers
        return None
    kernel = loops(*(one.code for one in lines))
    return None if kernel is None else (kernel, *(one.constants.astype(float) for one in lines))


def _one_output(model: Affine, loss: Any, blocks: ArrayBlocks, parameters: Array, lengths: bool) -> Piece | None:
    found = kernel_of(lying.compiled, loss, build.look_of)
    if found is None:
        return None
    kernel, constants = found
    W, b = model.unpack(parameters)
    w = np.append(W[:, 0], b).astype(float)
    y, weight = labels_as_they_lie(blocks), np.empty(0) if blocks.sample_weight is None else blocks.sample_weight

    def of(some: slice) -> Look:
        sums, G, room = np.empty(3), np.empty(w.size), np.empty((4, TOGETHER))
        kernel(blocks.X, y, weight, some.start, some.stop, lengths, w, constants, G, sums, *room)
        tally = Tally(float(sums[0]), float(sums[1]), G[: model.n_parameters])
        return Look(tally, float(sums[2]))

    return of


def _many_classes(model: Affine, smoothing: float, blocks: ArrayBlocks, parameters: Array, lengths: bool) -> Piece:
    (d, K), (W, b) = (model.n_features, model.n_outputs), model.unpack(parameters)
    kernel, weight = classes.compiled(), np.empty(0) if blocks.sample_weight is None else blocks.sample_weight
    wide = classes.wide(K)
    padded, level = np.zeros((d, wide)), np.zeros(wide)
    padded[:, :K], level[:K] = W, b

    def of(some: slice) -> Look:
        G, slopes, sums = np.zeros((d, wide)), np.zeros(K), np.empty(3)
        place = blocks.X, blocks.X.reshape(-1), blocks.y, weight, some.start, some.stop, lengths
        kernel(*place, padded.ravel(), level, smoothing, G.reshape(-1), slopes, sums, *classes.room(K))
        return Look(Tally(float(sums[0]), float(sums[1]), model.pack(G[:, :K], slopes)), float(sums[2]))

    return of
