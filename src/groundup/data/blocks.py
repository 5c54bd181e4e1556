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
from groundup.data.parallel import merged, parallel_reduce

T = TypeVar("T")

BLOCK_BYTES = 1 << 20
"""A block of this size stays in a core's cache between the two products of a gradient."""

MANY_BLOCKS = 16
"""From so many blocks on, all cores work on one statistic; with fewer, handing them out would cost more than it saves."""

GROUP = 8
"""So many blocks in memory a thread walks through before it comes back for more."""


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
        wide = self.n_features + self.n_outputs
        self.block_rows = block_rows or max(2 * wide, 64, BLOCK_BYTES // (8 * wide))  # a block taller than wide

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
        return parallel_reduce(self, statistic, merge, group=GROUP)

    def batches(self, batch_size: int | None, rng: np.random.Generator | None) -> Iterator[ArrayBlocks]:
        """One epoch of batches; shuffled rows are gathered a batch at a time."""
        if batch_size is None or batch_size >= self.n_rows:
            yield self
            return
        order = None if rng is None else rng.permutation(self.n_rows)
        for start in range(0, self.n_rows, batch_size):
            rows = slice(start, start + batch_size)
            yield ArrayBlocks(*self._take(rows if order is None else order[rows]))

    def _take(self, rows: slice | Array) -> Block:
        weight = None if self.sample_weight is None else self.sample_weight[rows]
        return Block(self.X[rows], self.y[rows], weight)
