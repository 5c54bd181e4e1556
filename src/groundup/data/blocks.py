"""Rows, handed out a block at a time.

Everything learnt from data is a statistic of one block, merged with those of the others: a gradient, a mean, a
triangle of a QR. What does not fit into memory, or lives elsewhere, is one more way to hand out blocks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

import numpy as np

from groundup._arrays import Array
from groundup.data.parallel import merged, one_blas_thread, parallel_reduce
from groundup.data.sparse import SparseRows

T = TypeVar("T")

BLOCK_BYTES = 1 << 20
"""A block of this size stays in a core's cache between the two products of a gradient."""

MANY_BLOCKS = 16
"""From so many blocks on, all cores work on one statistic; for fewer, handing them out would cost too much."""

FEW_FEATURES = 300
"""Up to so many columns a factor is not worth a second core."""

GROUP = 8
"""So many blocks in memory, fewer of large ones, a thread walks through before it comes back for more."""

LARGER = 8
"""Up to how many times as large blocks are that are walked through in machine code."""

NEAR_BYTES = 1 << 26
"""Rows of up to this size are near enough to be fetched in any order."""

RUN, WINDOW = 16, 4096
"""How larger data are shuffled: see `shuffled`."""


class Block(NamedTuple):
    """Some rows: X (rows, features), y (rows, outputs), sample_weight (rows,) or None for weights of one."""

    X: Array
    y: Array
    sample_weight: Array | None


class Blocks(ABC):
    """Rows that can be walked through, summed up, and cut into batches."""

    n_rows: int
    n_features: int
    n_outputs: int

    @abstractmethod
    def __iter__(self) -> Iterator[Block]:
        """Every row once, in order, a block at a time."""

    @abstractmethod
    def batches(self, batch_size: int | None, rng: np.random.Generator | None) -> Iterator[Blocks]:
        """One epoch: every row once, `batch_size` at a time, the last batch perhaps smaller.

        With `rng` the rows are shuffled first; None keeps their order. A `batch_size` of None is all rows.
        """

    def reduce(self, statistic: Callable[[Block], T], merge: Callable[[T, T], T]) -> T:
        """One statistic of all rows, merged in a fixed tree, so that rounding does not depend on who is first.

        >>> rows = ArrayBlocks(np.ones((5, 1)), np.zeros((5, 1)), block_rows=2)
        >>> rows.reduce(lambda block: len(block.X), lambda a, b: a + b)
        5
        """
        return merged((statistic(block) for block in self), merge)

    def first(self, statistic: Callable[[Block], T]) -> T:
        """The statistic of the first block: a guess, by which that of all of them becomes easier.

        >>> ArrayBlocks(np.ones((5, 1)), np.zeros((5, 1)), block_rows=2).first(lambda block: len(block.X))
        2
        """
        return self.alone(lambda: statistic(next(iter(self))))

    def alone(self, work: Callable[[], T]) -> T:
        """What this small piece of algebra between two passes over the rows returns."""
        return work()

    def larger(self) -> Blocks:
        """The same rows in larger blocks, where that is possible: for statistics that cut up blocks themselves."""
        return self


class ArrayBlocks(Blocks):
    """Rows in memory. Blocks are views: nothing is copied.

    >>> rows = ArrayBlocks(np.arange(5.0)[:, None], np.zeros((5, 1)))
    >>> [len(batch.X) for batch in rows.batches(2, rng=None)]
    [2, 2, 1]
    """

    def __init__(self, X: Array, y: Array, sample_weight: Array | None = None, block_rows: int | None = None):
        self.X, self.y, self.sample_weight = X, y, sample_weight
        self.n_rows, self.n_features = X.shape
        self.n_outputs = y.shape[1]
        self.row_bytes = (X.row_bytes if isinstance(X, SparseRows) else 8 * self.n_features) + 8 * self.n_outputs
        self.block_rows = block_rows or self._rows_in_a_block()

    def _rows_in_a_block(self) -> int:
        wide = self.n_features + self.n_outputs
        if isinstance(self.X, SparseRows):  # a block larger than eight gradients
            return max(64, max(BLOCK_BYTES, 64 * wide) // self.row_bytes)
        return max(2 * wide, 64, BLOCK_BYTES // self.row_bytes)  # a block taller than wide

    def __iter__(self) -> Iterator[Block]:
        if self.n_rows <= self.block_rows:
            yield Block(self.X, self.y, self.sample_weight)
            return
        for start in range(0, self.n_rows, self.block_rows):
            yield self._take(slice(start, start + self.block_rows))

    def reduce(self, statistic: Callable[[Block], T], merge: Callable[[T, T], T]) -> T:
        """The same sums, from `MANY_BLOCKS` on by all cores (extra `fast`)."""
        if self.n_rows < MANY_BLOCKS * self.block_rows:
            return super().reduce(statistic, merge)
        group = GROUP
        while group > 1 and group * self.block_rows * self.row_bytes > GROUP * BLOCK_BYTES:
            group //= 2
        return parallel_reduce(self, statistic, merge, group=group)

    def alone(self, work: Callable[[], T]) -> T:
        """The same, by one BLAS thread between passes by all cores.

        Two threads at 100 columns wait more than they work, and go on waiting in the way of the next pass: with a guess
        and a factor by two threads, least squares on 500,000 x 100 took 164 instead of 115 ms.
        """
        if self.n_rows < MANY_BLOCKS * self.block_rows or self.n_features > FEW_FEATURES:
            return work()
        with one_blas_thread():
            return work()

    def larger(self) -> ArrayBlocks:
        """The same rows in blocks of up to `LARGER` times the rows, as long as there are enough for all cores.

        >>> rows = ArrayBlocks(np.zeros((100, 1)), np.zeros((100, 1)), block_rows=1)
        >>> rows.larger().block_rows
        4
        """
        times = LARGER
        while times > 1 and self.n_rows < MANY_BLOCKS * times * self.block_rows:
            times //= 2
        return ArrayBlocks(self.X, self.y, self.sample_weight, times * self.block_rows)

    def batches(self, batch_size: int | None, rng: np.random.Generator | None) -> Iterator[ArrayBlocks]:
        """One epoch of batches; shuffled rows are gathered a batch at a time.

        Their order is `shuffled`, drawn before the first batch.
        """
        return iter([self]) if batch_size is None or batch_size >= self.n_rows else Batches(self, batch_size, rng)

    def take(self, rows: slice | Array) -> ArrayBlocks:
        """Some of the rows, as rows of their own."""
        return ArrayBlocks(*self._take(rows))

    def _take(self, rows: slice | Array) -> Block:
        weight = None if self.sample_weight is None else self.sample_weight[rows]
        return Block(self.X[rows], self.y[rows], weight)


class Batches(Iterator[ArrayBlocks]):
    """The batches of one epoch. `order` holds the numbers of the rows as they come, or None: as they lie."""

    def __init__(self, rows: ArrayBlocks, batch_size: int, rng: np.random.Generator | None):
        self.rows, self.batch_size, self.start = rows, batch_size, 0
        self.order: Array | None = None
        if rng is not None:
            self.order = shuffled(rows.n_rows, rows.X.nbytes, batch_size, rng)

    def __next__(self) -> ArrayBlocks:
        if self.start >= self.rows.n_rows:
            raise StopIteration
        some = slice(self.start, self.start + self.batch_size)
        self.start += self.batch_size
        return self.rows.take(some if self.order is None else self.order[some])


def shuffled(n_rows: int, n_bytes: int, batch_size: int, rng: np.random.Generator) -> Array:
    """The numbers of all rows, each once, in the order in which an epoch visits them.

    Up to `NEAR_BYTES` of rows: every order is equally likely. Beyond that, fetching one row here and one there takes
    twice as long as all the arithmetic on them. So runs of 16 neighbours are put in a random order, every order equally
    likely; then the rows of each window of 4,096 (at least 128 batches) are put in a random order, every one equally
    likely. Up to the rest at the end that fills no run or no window, a row is equally likely at every place. Even where
    neighbours are copies of each other, the variance of the mean over a batch grows by about 12 % at most.

    500,000 x 100 in batches of 32: 53 instead of 100 ms an epoch, compiled.

    >>> shuffled(5, 40, 2, np.random.default_rng(0)).tolist()
    [2, 4, 3, 0, 1]
    """
    window = max(WINDOW, 128 * batch_size)
    if n_bytes <= NEAR_BYTES or window >= n_rows:
        return rng.permutation(n_rows)
    starts = RUN * rng.permutation(-(-n_rows // RUN))
    order = (starts[:, None] + np.arange(RUN)).ravel()
    order = order[order < n_rows]
    whole = n_rows // window * window
    rng.permuted(order[:whole].reshape(-1, window), axis=1, out=order[:whole].reshape(-1, window))
    rng.shuffle(order[whole:])
    return order
