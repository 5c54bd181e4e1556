"""Which of the conditions  a_i · D >= 0  can be made positive by one D? Answered in whole numbers, without rounding.

The values s_i = a_i · D of some conditions serve as coordinates: as many as there are unknowns, and all others, and D
itself, are combinations of them. The simplex method walks from one such choice to the next; all of them stand at the
same place, D = 0, so nothing is measured and only signs are asked for:

    each coordinate that rises makes Σ w s fall, with weights w > 0  ->  the sum is 0 for every D, so each s is 0
    along a coordinate no s falls                                    ->  a direction; what it makes positive counts no
                                                                         longer, and the walk goes on

Any weights will do; with those of a likeliest model, its residuals, nearly every choice of coordinates is the last one.
A tableau of whole numbers over one denominator stays whole at each exchange (Edmonds). Among equals the condition that
came first is taken (Bland), so no walk goes in a circle; with those that are nearest to zero first it is short.

Bland, New finite pivoting rules for the simplex method, Mathematics of Operations Research 2 (1977); Edmonds, Systems
of distinct representatives and linear algebra (1967).
"""

from __future__ import annotations

import itertools

import numpy as np

from groundup._arrays import Array

FREE = -1
"""In place of a condition: a coordinate that may move both ways."""


class TooMuchWorkError(Exception):
    """The numbers became too many or too long."""


class Cone:
    """All D (unknowns,) with rows · D >= 0, for rows (conditions, unknowns) of whole numbers that come bit by bit.

    >>> cone = Cone(2)
    >>> cone.add(np.array([[1, 2], [3, -1], [-3, 1]], dtype=object))
    >>> D = cone.widest()
    >>> (cone.rows @ D).tolist()  # the last two forbid each other
    [7, 0, 0]
    """

    def __init__(self, unknowns: int, most_work: float = float("inf")):
        self.unknowns, self.left = unknowns, most_work
        self.rows: Array = np.zeros((0, unknowns), dtype=object)
        # x[basic] = (table x[outside]) / denominator; the first rows are D, which is never outside.
        self.table = np.array([[int(i == j) for j in range(unknowns)] for i in range(unknowns)], dtype=object)
        self.denominator = 1
        self.weights: Array = np.zeros(0, dtype=object)
        self.outside: Array = np.full(unknowns, FREE)
        self.basic: Array = np.zeros(0, dtype=int)
        self.loose: list[Array] = []
        """After `widest`: directions that move no condition which it left at zero."""

    def add(self, rows: Array, weights: Array | None = None) -> None:
        """More conditions; those most likely to be zero first."""
        added: Array = np.ones(len(rows), dtype=object) if weights is None else weights
        self.weights = np.concatenate([self.weights, added])
        self.basic = np.concatenate([self.basic, len(self.rows) + np.arange(len(rows))])
        self.rows = np.concatenate([self.rows, rows])
        self.table = np.concatenate([self.table, rows @ self.table[: self.unknowns]])

    def widest(self) -> Array:
        """The D that makes as many conditions positive as any; 0 if none does."""
        total = np.zeros(self.unknowns, dtype=object)
        done: Array = np.zeros(len(self.rows) + 1, dtype=bool)
        done[FREE] = True  # the last place stands for what is free
        while True:
            live = self._coordinates(done)
            at = self._ray(done, live)
            if at is None:
                self.loose = [self.table[: self.unknowns, j] for j in np.flatnonzero(done[self.outside])]
                return total
            along = self.table[: self.unknowns, at]
            D = along // max(1, int(np.gcd.reduce(along)))
            reached, before = self.rows @ D, self.rows @ total
            behind = np.flatnonzero(done[:-1] & (reached <= 0))
            total = D + total * max((-reached[i] // before[i] + 1 for i in behind), default=1)
            done[:-1] |= reached > 0

    def _coordinates(self, done: Array) -> Array:
        """Only conditions that still count as coordinates, as far as these go; returns which those are."""
        for j in np.flatnonzero(done[self.outside]):
            counting = np.flatnonzero(~done[self.basic])
            bent = counting[self.table[self.unknowns + counting, j] != 0]
            if len(bent):
                self._exchange(int(bent[np.argmin(self.basic[bent])]), int(j))
        return np.flatnonzero(~done[self.outside])

    def _ray(self, done: Array, live: Array) -> int | None:
        """The coordinate along which no condition falls, found by exchanges; None if none can become positive."""
        for exchange in itertools.count():
            counting = np.flatnonzero(~done[self.basic])
            part = self.table[self.unknowns + counting]
            sums = self.weights[self.basic[counting]] @ part[:, live]
            if (sums < 0).all():  # then coordinates have weights with which Σ w s is 0
                return None
            rising = sums + self.weights[self.outside[live]] * self.denominator
            if (rising <= 0).all():
                return None
            if exchange < 4 * self.unknowns:  # the steepest is mostly right, but may go in a circle
                j = int(live[np.argmax(sums)])
            else:
                j = min(live[rising > 0].tolist(), key=self.outside.__getitem__)
            falling = counting[part[:, j] < 0]
            if not len(falling):
                return j
            self._exchange(int(falling[np.argmin(self.basic[falling])]), j)

    def _exchange(self, i: int, j: int) -> None:
        """The i-th condition becomes the j-th coordinate, and what that was a condition like others."""
        at, table = self.unknowns + i, self.table
        self.left -= table.size * (200 + self.denominator.bit_length())
        if self.left < 0:
            raise TooMuchWorkError
        row, column, pivot = table[at].copy(), table[:, j].copy(), table[at, j]
        table = (table * pivot - np.outer(column, row)) // self.denominator
        table[:, j], table[at] = column, -row
        table[at, j] = self.denominator
        self.table, self.denominator = (table, pivot) if pivot > 0 else (-table, -pivot)
        self.basic[i], self.outside[j] = self.outside[j], self.basic[i]
