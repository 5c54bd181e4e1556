"""Can the classes be told apart without error? Then no finite weights are the likeliest, and here is the proof.

A direction D separates if for each row i of class c and every other class k

    margin = (x_i D_c + b_c) - (x_i D_k + b_k) >= 0,   and > 0 at least once.

Going further along D makes the labels ever more likely, so there is no best place to stop. If all margins are positive
the separation is complete; if some are zero it is quasi-complete, and only what lies along D runs away.

A direction is first guessed, from where Newton's method is running to, and then checked in exact arithmetic: margins
that are larger than any rounding by their size, all others as whole numbers of any length. What is not proved is not
said. For quasi-complete separation the rows whose margins must be exactly zero are picked by their residuals (they
shrink e times a step where rows separate, and stay where they do not), and the guess is moved, in fractions, to where
those margins vanish.

Albert and Anderson, On the existence of maximum likelihood estimates in logistic regression models, Biometrika 71
(1984); Konis, Linear programming algorithms for detecting separated data in binary logistic regression (2007).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array

ROUNDING = 2.0**-53
MOST_WORK = 3_000_000
"""Above so many multiplications of fractions a quasi-complete separation is left undecided."""


class Separation(NamedTuple):
    """A proved direction: weights (features, classes) and biases (classes,) as fractions, and what it does.

    `apart[c, k]` counts the rows of class c whose margin over class k is positive, of `rows[c, k]`; all other margins
    are exactly zero.
    """

    weights: list[list[Fraction]]
    biases: list[Fraction]
    apart: Array
    rows: Array
    exact: bool = True
    """False where some margins are negative by less than rounding, as 0.1 + 0.2 - 0.3 is not 0."""

    @property
    def separated(self) -> int:
        """How many margins are positive."""
        return int(self.apart.sum())

    @property
    def pairs(self) -> int:
        """How many margins there are: for each row one for each class that it is not."""
        return int(self.rows.sum())

    @property
    def complete(self) -> bool:
        """Whether no margin is zero."""
        return self.separated == self.pairs

    @property
    def direction(self) -> Array:
        """The weights as floats, (features, classes)."""
        return np.array([[float(v) for v in row] for row in self.weights])

    def features(self, X: Array) -> list[int]:
        """The columns that do it, those with the largest share in the margins first; shares below 1 % left out."""
        spread = X.std(axis=0, dtype=float)
        share = np.ptp(self.direction, axis=1) * spread
        order = np.argsort(-share, kind="stable")
        return [int(j) for j in order if share[j] > 0.01 * share[order[0]]]


class Sides(NamedTuple):
    """Rows with the class of each; a row whose label is split between classes stands there once for each."""

    X: Array
    classes: Array
    n_classes: int
    intercept: bool

    @classmethod
    def of(cls, X: Array, y: Array, intercept: bool) -> Sides:
        """From targets (rows, 1) of chances of the second of two classes, or (rows, classes)."""
        chances = np.concatenate([1 - y, y], axis=1) if y.shape[1] == 1 else y
        rows, classes = np.nonzero(chances)
        same = len(rows) == len(X)
        return cls(X if same else X[rows], classes, chances.shape[1], intercept)

    @property
    def few_enough(self) -> bool:
        """Whether there are so few unknowns that conditions on them can be solved in fractions."""
        unknowns = (self.n_classes - 1) * (self.X.shape[1] + int(self.intercept))
        return min(len(self.X), unknowns) ** 2 * unknowns <= MOST_WORK

    def others(self) -> Array:
        """True where a class is not the row's own, (rows, classes)."""
        return np.arange(self.n_classes) != self.classes[:, None]

    def margins(self, z: Array) -> Array:
        """Score of the own class minus each score, (rows, classes): 0 at the own class."""
        return np.take_along_axis(z, self.classes[:, None], axis=1) - z


def separation(sides: Sides, guesses: Sequence[tuple[Array, Array]], shift: Array) -> Separation | None:
    """A proved direction, or None if no guess leads to one.

    `guesses` are weights (features, classes) and scores at the point `shift` (classes,): where the method stands first,
    whose scores tell rows that separate from others, then what it has moved along lately.
    """
    first, nearly = guesses[0], None
    found = proved(sides, *_exact(*first, shift, sides.intercept))
    if found is not None:
        return found
    if not sides.few_enough:
        return None
    scores = [(sides.X - shift) @ weights + at_shift for weights, at_shift in guesses]
    tried: list[bytes] = []
    for stay in _staying(sides, *scores[:2]):
        if stay.tobytes() in tried:
            continue
        tried.append(stay.tobytes())
        corner = _Corner.of(sides, stay, shift)
        for guess in guesses[1:]:
            found = proved(sides, *corner.onto(*guess), tolerant=True) if corner.promising(*guess) else None
            if found is not None and found.exact:
                return found
            nearly = nearly or found
    return nearly


def proved(
    sides: Sides, weights: list[list[Fraction]], biases: list[Fraction], *, tolerant: bool = False
) -> Separation | None:
    """The direction with its count of positive margins, if no margin is negative and one is positive; else None.

    `tolerant` takes a negative margin for zero where the rounding of the features could have made it, and says so.

    >>> sides = Sides(np.array([[1.0], [2.0]]), np.array([0, 1]), 2, True)
    >>> proved(sides, [[Fraction(0), Fraction(1)]], [Fraction(0), Fraction(-3, 2)]).complete
    True
    """
    D, b = np.array([[float(v) for v in row] for row in weights]), np.array([float(v) for v in biases])
    d, K = D.shape
    if not (np.isfinite(D).all() and np.isfinite(b).all()):
        return None
    margin = sides.margins(sides.X @ D + b)
    size = np.abs(sides.X) @ np.abs(D) + np.abs(b)
    bound = 4 * (d + 4) * ROUNDING * (size + np.take_along_axis(size, sides.classes[:, None], axis=1)) + 1e-300
    other = sides.others()
    if np.any(other & (margin < -bound)):
        return None
    positive = other & (margin > bound)
    near = other & ~positive
    unsure, sure = np.flatnonzero(near.any(axis=1)), True
    if len(unsure):
        exact = _exact_margins(sides.X[unsure], sides.classes[unsure], weights, biases)
        sure = not np.any(near[unsure] & (exact < 0))
        if not (sure or tolerant):
            return None
        if sure:
            positive[unsure] |= near[unsure] & (exact > 0)
    apart, rows = (np.array([each[sides.classes == c].sum(axis=0) for c in range(K)]) for each in (positive, other))
    return Separation(weights, biases, apart, rows, sure) if apart.any() else None


def _exact_margins(X: Array, classes: Array, weights: list[list[Fraction]], biases: list[Fraction]) -> Array:
    """The margins up to a positive factor, as whole numbers of any length."""
    whole, exponents = _whole_numbers(X)
    scaled = [[v * Fraction(2) ** int(e) for v in row] for row, e in zip(weights, exponents, strict=True)]
    table = np.array([*scaled, biases], dtype=object)
    common = int(np.lcm.reduce([v.denominator for v in table.ravel().tolist()], dtype=object))
    D = np.array([[int(v * common) for v in row] for row in table.tolist()], dtype=object)
    z = whole @ D[:-1] + D[-1]
    return np.take_along_axis(z, classes[:, None], axis=1) - z


def _whole_numbers(X: Array) -> tuple[Array, Array]:
    """Whole numbers N and exponents e with X = N 2^e, column by column, exactly."""
    mantissa, exponent = np.frexp(X.astype(float))
    digits = np.ldexp(mantissa, 53).astype(np.int64)
    lowest = np.where(digits != 0, exponent, np.iinfo(np.int32).max).min(axis=0)
    lowest = np.where(lowest == np.iinfo(np.int32).max, 0, lowest)
    up = np.where(digits != 0, exponent - lowest, 0)
    whole = digits.astype(object) * (np.array(2, dtype=object) ** up.astype(object))
    return whole, lowest - 53


def _exact(
    weights: Array, at_shift: Array, shift: Array, intercept: bool
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """The same numbers as fractions, and the biases at x = 0."""
    D = [[Fraction(float(v)) for v in row] for row in weights]
    m = [Fraction(float(v)) for v in shift]
    biases = [
        Fraction(float(a)) - sum((mj * row[k] for mj, row in zip(m, D, strict=True)), Fraction(0))
        if intercept
        else Fraction(0)
        for k, a in enumerate(at_shift)
    ]
    return D, biases


def _staying(sides: Sides, now: Array, moved: Array) -> Iterator[Array]:
    """Which margins stay, (rows, classes): guesses from the widest gaps among the margins and among their moves."""
    other = sides.others()
    move = sides.margins(moved)
    for values in (np.log(np.abs(move) + 1e-12), sides.margins(now)):
        order = np.sort(values[other])
        gaps = np.diff(order)
        for at in np.argsort(-gaps, kind="stable")[:5]:
            if gaps[at] > 0.5:
                yield other & (values <= order[at])
    yield other & (move < 0.25)


class _Corner(NamedTuple):
    """The directions along which the margins of `stay` are zero, in scaled coordinates at `shift`."""

    sides: Sides
    shift: Array
    scale: Array
    stay: Array
    rows: Array
    others: Array

    @classmethod
    def of(cls, sides: Sides, stay: Array, shift: Array) -> _Corner:
        """With the few rows that span all conditions"""
        scale = np.maximum(np.abs(sides.X - shift).max(axis=0), np.finfo(float).tiny)
        scale = np.ldexp(1.0, np.frexp(scale)[1])
        K, first = sides.n_classes, int(sides.intercept)
        rows, others = np.nonzero(stay)
        few = slice(None, None, 1 + len(rows) // (20 * K * (sides.X.shape[1] + 1)))
        rows, others = rows[few], others[few]
        chosen = _spanning(_conditions((sides.X[rows] - shift) / scale, sides.classes[rows], others, K, first))
        return cls(sides, shift, scale, stay, rows[chosen], others[chosen])

    def promising(self, weights: Array, at_shift: Array) -> bool:
        """Whether in floats the guess, moved to where those margins vanish, has no margin below zero."""
        sides, K, first = self.sides, self.sides.n_classes, int(self.sides.intercept)
        A = _conditions((sides.X[self.rows] - self.shift) / self.scale, sides.classes[self.rows], self.others, K, first)
        if len(A) >= A.shape[1] or len(A) ** 2 * A.shape[1] > MOST_WORK:
            return False
        theta = self._theta(weights, at_shift)
        linalg: Any = np.linalg
        moved: Array = theta - linalg.lstsq(A, A @ theta)[0]
        table = np.pad(moved.reshape(-1, K - 1), ((0, 0), (1, 0)))
        margin = sides.margins((sides.X - self.shift) / self.scale @ table[first:] + (table[0] if first else 0.0))
        size = np.abs(margin).max()
        return bool(size > 1e-9 * np.abs(theta).max() and margin.min() > -1e-9 * size)

    def _theta(self, weights: Array, at_shift: Array) -> Array:
        guess = (weights - weights[:, :1]) * self.scale[:, None]
        if self.sides.intercept:
            guess = np.vstack([at_shift - at_shift[0], guess])
        return guess[:, 1:].ravel()

    def onto(self, weights: Array, at_shift: Array) -> tuple[list[list[Fraction]], list[Fraction]]:
        """The guess, moved in fractions to where those margins are exactly zero."""
        sides, K, first = self.sides, self.sides.n_classes, int(self.sides.intercept)
        exact = [
            _condition(sides.X[i], int(sides.classes[i]), int(k), K, first, self.shift, self.scale)
            for i, k in zip(self.rows, self.others, strict=True)
        ]
        theta = _nullify(exact, [Fraction(float(v)) for v in self._theta(weights, at_shift)])
        table = [[Fraction(0), *theta[j : j + K - 1]] for j in range(0, len(theta), K - 1)]
        D = [[v / Fraction(float(s)) for v in row] for row, s in zip(table[first:], self.scale, strict=True)]
        if not first:
            return D, [Fraction(0)] * K
        m = [Fraction(float(v)) for v in self.shift]
        return D, [table[0][k] - sum((a * row[k] for a, row in zip(m, D, strict=True)), Fraction(0)) for k in range(K)]


def _conditions(X: Array, classes: Array, others: Array, K: int, first: int) -> Array:
    """A row for each margin that must vanish: [1, x] in the columns of its class, -[1, x] in those of the other."""
    Q = np.concatenate([np.ones((len(X), first)), X], axis=1)
    A = np.zeros((len(X), Q.shape[1], K))
    index = np.arange(len(X))
    A[index, :, classes] = Q
    A[index, :, others] -= Q
    return A[:, :, 1:].reshape(len(X), -1)


def _condition(x: Array, own: int, other: int, K: int, first: int, shift: Array, scale: Array) -> list[Fraction]:
    """The same row in fractions."""
    q = [Fraction(1)] * first
    q += [
        (Fraction(float(v)) - Fraction(float(m))) / Fraction(float(s)) for v, m, s in zip(x, shift, scale, strict=True)
    ]
    sign = {own: 1, other: -1}
    return [sign.get(k, 0) * v for v in q for k in range(1, K)]


def _spanning(A: Array) -> list[int]:
    """Rows that span all rows, by Gram-Schmidt with the longest remainder first."""
    left = A / np.maximum(np.sqrt((A**2).sum(axis=1, keepdims=True)), np.finfo(float).tiny)
    chosen: list[int] = []
    for _ in range(min(A.shape)):
        length = (left**2).sum(axis=1)
        at = int(np.argmax(length))
        if length[at] < 1e-14:
            break
        chosen.append(at)
        unit = left[at] / np.sqrt(length[at])
        left = left - np.outer(left @ unit, unit)
    return chosen


def _nullify(rows: list[list[Fraction]], theta: list[Fraction]) -> list[Fraction]:
    """`theta` with some of its entries changed so that every row times it is zero: Gauss and Jordan, in fractions."""
    work = [list(row) for row in rows]
    pivots: list[tuple[int, int]] = []
    for at in range(len(work)):
        row = work[at]
        pivot = max(range(len(row)), key=lambda j: abs(row[j]))
        if row[pivot] == 0:
            continue
        head = row[pivot]
        work[at] = row = [v / head for v in row]
        pivots.append((at, pivot))
        for i, other in enumerate(work):
            factor = other[pivot]
            if i != at and factor != 0:
                work[i] = [v - factor * r if r else v for v, r in zip(other, row, strict=True)]
    fixed = {pivot for _, pivot in pivots}
    answer = list(theta)
    for at, pivot in pivots:
        answer[pivot] = -sum(
            (v * t for j, (v, t) in enumerate(zip(work[at], theta, strict=True)) if j not in fixed), Fraction(0)
        )
    return answer


def by_one_feature(X: Array, codes: Array) -> tuple[int, bool, Any] | None:
    """The first column that separates two classes by itself: (column, whether class 1 is above, the boundary).

    A column does if no value of one class is beyond any of the other, and it is not one and the same number.

    >>> by_one_feature(np.array([[5.0, 1.0], [4.0, 2.0], [4.5, 2.0]]), np.array([0, 1, 1]))
    (0, False, 4.5)
    """
    one, zero = X[codes == 1], X[codes == 0]
    if not (len(one) and len(zero)):
        return None
    above = (one.min(axis=0) >= zero.max(axis=0)) & (one.max(axis=0) > zero.min(axis=0))
    below = (one.max(axis=0) <= zero.min(axis=0)) & (one.min(axis=0) < zero.max(axis=0))
    either = np.flatnonzero(above | below)
    if not len(either):
        return None
    j = int(either[0])
    return j, bool(above[j]), float(one[:, j].min() if above[j] else one[:, j].max())
