"""Rows of two classes whose labels take a byte each: a block has them as the numbers 0 and 1.

    y = codes as floats, a block at a time

A float for each label would be memory of eight bytes a row that nobody gave; a byte for each is what is left, because
labels of any type are looked up once. Machine code reads the bytes as they are.
"""

from __future__ import annotations

from typing import Any

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Block

MANY_ROWS = 50_000
"""For fewer rows floats are made once: half a megabyte."""


class CodedBlocks(ArrayBlocks):
    """Rows in memory with codes (rows, 1) of 0 and 1 in the place of y.

    >>> import numpy as np
    >>> rows = CodedBlocks(np.zeros((3, 1)), np.array([[1], [0], [1]], dtype=np.uint8))
    >>> rows.y.ravel(), next(iter(rows)).y.dtype
    (array([1., 0., 1.]), dtype('float64'))
    """

    codes: Array

    @property
    def y(self) -> Array:  # pyright: ignore[reportIncompatibleVariableOverride]
        """All of them as floats, made when they are asked for."""
        return self.codes.astype(float)

    @y.setter
    def y(self, codes: Array) -> None:
        self.codes = codes

    def _take(self, rows: slice | Array) -> Block:
        weight = None if self.sample_weight is None else self.sample_weight[rows]
        return Block(self.X[rows], self.codes[rows].astype(float), weight)


def labels_as_they_lie(rows: ArrayBlocks) -> Any:
    """What machine code reads: the codes where there are some, else y."""
    return rows.codes if isinstance(rows, CodedBlocks) else rows.y
