"""Can the classes be told apart without error? Then no finite weights are the likeliest, and here is the proof.

A direction D separates if for each row i of class c and every other class k

    margin = (x_i D_c + b_c) - (x_i D_k + b_k) >= 0,   and > 0 at least once.

Going further along D makes the labels ever more likely, so there is no best place to stop. If all margins are positive
the separation is complete; if some are zero it is quasi-complete, and only what lies along D runs away.

Where Newton's method stands is a good guess at D: the margins that it makes large are those that can be. A guess that
makes all of them positive is checked in exact arithmetic, and that is all. Else the simplex method decides, on whole
numbers of any length, beginning with the margins that are nearest to zero: what it says, yes or no, is proved.

Albert and Anderson, On the existence of maximum likelihood estimates in logistic regression models, Biometrika 71
(1984); Konis, Linear programming algorithms for detecting separated data in binary logistic regression (2007).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.formulas.activations import softmax
from groundup.models.cone import Cone, TooMuchWorkError
from groundup.solve.least_squares.refine import exponents

ROUNDING = 2.0**-53
MOST_WORK = 4e8
"""Bits that the exact simplex method may move before the question is left undecided: some seconds."""

Direction = tuple[list[list[Fraction]], list[Fraction]]
"""Weights (features, classes) and biases (classes,)."""


class Separation(NamedTuple):
    """A proved direction: weights (features, classes) and biases (classes,) as fractions, and what it does.

    `apart[c, k]` counts the rows of class c whose margin over class k is positive, of `rows[c, k]`; all other margins
    are exactly zero.
    """

    weights: list[list[Fraction]]
    biases: list[Fraction]
    apart: Array
    rows: Array

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
        units = exponents(np.abs(X).max(axis=0))
        spread = np.ldexp(X.astype(float), -units).std(axis=0)
        share = np.ldexp(np.ptp(self.direction, axis=1), units) * spread
        order = np.argsort(-share, kind="stable")
        return [int(j) for j in order if share[j] > 0.01 * share[order[0]]]


class Overlap(NamedTuple):
    """Proved: whatever makes one margin positive makes another negative, so there is a likeliest model."""


class Sides(NamedTuple):
    """Rows with the class of each; a row whose label is split between classes stands there once for each."""

    X: Array
    classes: Array
    weight: Array
    n_classes: int
    intercept: bool

    @classmethod
    def of(cls, X: Array, y: Array, intercept: bool, weight: Array | None = None) -> Sides:
        """From targets (rows, 1) of chances of the second of two classes, or (rows, classes)."""
        chances = np.concatenate([1 - y, y], axis=1) if y.shape[1] == 1 else y
        rows, classes = np.nonzero(chances)
        share = chances[rows, classes] if weight is None else chances[rows, classes] * weight[rows]
        return cls(X if len(rows) == len(X) else X[rows], classes, share, chances.shape[1], intercept)

    def distinct(self) -> Sides:
        """Rows that come more than once only once, with all their weight."""
        table = np.column_stack([self.X, self.classes])
        _, first, place = np.unique(table, axis=0, return_index=True, return_inverse=True)
        weight = np.bincount(place.ravel(), self.weight)
        return self._replace(X=self.X[first], classes=self.classes[first], weight=weight)

    def others(self) -> Array:
        """True where a class is not the row's own, (rows, classes)."""
        return np.arange(self.n_classes) != self.classes[:, None]

    def margins(self, z: Array) -> Array:
        """Score of the own class minus each score, (rows, classes): 0 at the own class."""
        return np.take_along_axis(z, self.classes[:, None], axis=1) - z


def separation(
    sides: Sides, weights: Array, level: Array, shift: Array, *, thorough: bool = True
) -> Separation | Overlap | None:
    """The widest direction, or the proof that there is none; None where neither is known.

    `weights` (features, classes) and the scores `level` (classes,) at the point `shift` are a guess. What is not
    `thorough` looks no further than whether that guess separates completely.
    """
    guess = proved(sides, _at_zero(weights, level, shift, sides.intercept))
    if not thorough or (guess is not None and guess.complete):
        return guess if guess is None or guess.complete else None
    try:
        direction = _widest(sides.distinct(), weights, level, shift)
    except TooMuchWorkError:
        return guess
    return Overlap() if direction is None else proved(sides, direction)


def proved(sides: Sides, direction: Direction) -> Separation | None:
    """The direction with its count of positive margins, if no margin is negative and one is positive; else None.

    >>> sides = Sides.of(np.array([[1.0], [2.0]]), np.array([[0.0], [1.0]]), True)
    >>> proved(sides, ([[Fraction(0), Fraction(1)]], [Fraction(0), Fraction(-3, 2)])).complete
    True
    """
    sign = _sure_signs(sides, direction)
    if (sign < 0).any():
        return None
    sign = _all_signs(sides, direction, sign)
    if (sign < 0).any() or not (sign > 0).any():
        return None
    return _counted(sides, direction, sign)


def unmerged(sides: Sides, found: Separation, groups: Array) -> Separation:
    """What tells groups of classes apart, as a direction for the classes: within a group all margins are 0.

    `groups` (classes,) is the group of each class.

    >>> sides = Sides.of(np.array([[1.0], [2.0], [3.0]]), np.eye(3), True)
    >>> merged = sides._replace(classes=np.array([0, 0, 1]), n_classes=2)
    >>> found = proved(merged, ([[Fraction(0), Fraction(1)]], [Fraction(0), Fraction(-5, 2)]))
    >>> unmerged(sides, found, np.array([0, 0, 1])).apart
    array([[0, 0, 1],
           [0, 0, 1],
           [1, 1, 0]])
    """
    merged = sides._replace(classes=groups[sides.classes], n_classes=int(groups.max()) + 1)
    direction = found.weights, found.biases
    sign = _all_signs(merged, direction, _sure_signs(merged, direction))
    group: list[int] = groups.tolist()
    weights = [[row[g] for g in group] for row in found.weights]
    return _counted(sides, (weights, [found.biases[g] for g in group]), sign[:, groups])


def _counted(sides: Sides, direction: Direction, sign: Array) -> Separation:
    apart, rows = (
        np.array([part[sides.classes == c].sum(axis=0) for c in range(sides.n_classes)])
        for part in (sign > 0, sides.others())
    )
    return Separation(*direction, apart, rows)


def _sure_signs(sides: Sides, direction: Direction) -> Array:
    """-1 or 1 for the margins (rows, classes) whose sign no rounding can have changed, 0 for the others."""
    units = exponents(np.abs(sides.X).max(axis=0))
    D, b = _floats(direction, units)
    X = np.ldexp(sides.X.astype(float), -units)
    size = np.abs(X) @ np.abs(D) + np.abs(b)
    own = np.take_along_axis(size, sides.classes[:, None], axis=1)
    bound = 4 * (len(D) + 4) * ROUNDING * (size + own) + 1e-300
    margin = sides.margins(X @ D + b)
    return (margin > bound).astype(np.int8) - (margin < -bound)


def _floats(direction: Direction, units: Array) -> tuple[Array, Array]:
    """The direction for columns that are divided by 2^units, none of its numbers larger than 2."""
    weights, biases = direction
    table = [*([v * _two(int(e)) for v in row] for row, e in zip(weights, units, strict=True)), biases]
    top = max((abs(v) for row in table for v in row), default=Fraction(0)) or Fraction(1)
    down = _two(top.denominator.bit_length() - top.numerator.bit_length())
    made = np.array([[float(v * down) for v in row] for row in table])
    return made[:-1], made[-1]


def _all_signs(sides: Sides, direction: Direction, sign: Array) -> Array:
    """The same without doubt: where floats cannot tell, whole numbers do."""
    unsure = np.flatnonzero((sides.others() & (sign == 0)).any(axis=1))
    if not len(unsure):
        return sign
    X, units = sides.X[unsure], _units(sides.X[unsure])
    weights, biases = direction
    table = [*([v * _two(int(e)) for v in row] for row, e in zip(weights, units, strict=True)), biases]
    common = math.lcm(*(v.denominator for row in table for v in row))
    D = np.array([[int(v * common) for v in row] for row in table], dtype=object)
    exact = sides._replace(classes=sides.classes[unsure]).margins(_whole(X, units) @ D[:-1] + D[-1])
    made = sign.copy()
    made[unsure] = (exact > 0).astype(np.int8) - (exact < 0)
    return made


def _widest(sides: Sides, weights: Array, level: Array, shift: Array) -> Direction | None:
    """The direction that makes most margins positive; None if none makes any. A guess says which come first.

    Few margins decide: the simplex method is given those that the guess leaves smallest, then those that its answer
    makes negative, until there are none. The sum of all others that seem to be zero, each by its residual, is one
    margin more: beside the few it makes the balance of the residuals, which nearly proves by itself that they are.
    """
    rows, others = np.nonzero(sides.others())
    z = (sides.X - shift) @ weights + level
    order = np.argsort(sides.margins(z)[rows, others], kind="stable")
    rows, others = rows[order], others[order]
    residual = sides.weight[rows] * np.asarray(softmax.value(z))[rows, others]
    balance = np.ceil(np.ldexp(residual / residual.max(), 40)).astype(np.int64).astype(object) + 1
    conditions = _Conditions.of(sides)
    many = conditions.unknowns + 10
    cone = Cone(conditions.unknowns, MOST_WORK)
    wanted = np.unique(np.linspace(0, len(rows) - 1, many // 2, dtype=int))
    wanted = np.union1d(wanted, np.arange(min(many, len(rows))))
    asked = np.isin(np.arange(len(rows)), wanted)
    rest = np.flatnonzero(~asked & (residual > 1e-5 * residual.max()))
    cone.add(conditions.rows(rows[wanted], others[wanted]), balance[wanted])
    if conditions.work(cone.rows) > MOST_WORK:
        raise TooMuchWorkError
    if len(rest):
        cone.add(conditions.total(rows[rest], others[rest], balance[rest])[None])
    while True:
        D = cone.widest()
        direction = conditions.direction(D)
        sign = _all_signs(sides, direction, _sure_signs(sides, direction))[rows, others]
        wanted = np.flatnonzero((sign < 0) & ~asked)
        for loose in cone.loose:
            if len(wanted):
                break
            along = conditions.direction(loose)
            moved = _all_signs(sides, along, _sure_signs(sides, along))[rows, others] != 0
            wanted = np.flatnonzero((sign == 0) & moved & ~asked)
        if not len(wanted):
            return direction if D.any() else None
        wanted = wanted[:: 1 + len(wanted) // many]
        asked[wanted] = True
        cone.add(conditions.rows(rows[wanted], others[wanted]))  # next to no weight: these are in the sum already


class _Conditions(NamedTuple):
    """Margins as whole numbers times the unknowns: weights and, first, the bias of each class but the first."""

    sides: Sides
    units: Array
    origin: Array

    @classmethod
    def of(cls, sides: Sides) -> _Conditions:
        """With a bias, features are counted from the first row: short numbers also far from 0."""
        units = _units(sides.X)
        origin = _whole(sides.X[:1], units)[0]
        return cls(sides, units, origin if sides.intercept else 0 * origin)

    @property
    def unknowns(self) -> int:
        """How many there are."""
        return (len(self.units) + int(self.sides.intercept)) * (self.sides.n_classes - 1)

    def work(self, rows: Array) -> float:
        """What the simplex method will need at least: numbers grow by these rows' digits with each exchange."""
        table = (len(rows) + self.unknowns) * self.unknowns
        return self.unknowns * table * (200 + self.unknowns * int(np.abs(rows).max()).bit_length() / 2)

    def rows(self, rows: Array, others: Array) -> Array:
        """The margin of each of these rows over the other class; (margins, unknowns)."""
        ones = np.ones((len(rows), int(self.sides.intercept)), dtype=object)
        Q = np.concatenate([ones, _whole(self.sides.X[rows], self.units) - self.origin], axis=1)
        made = np.zeros((len(Q), Q.shape[1], self.sides.n_classes), dtype=object)
        at = np.arange(len(Q))
        made[at, :, self.sides.classes[rows]] = Q
        made[at, :, others] = -Q
        return made[:, :, 1:].reshape(len(Q), -1)

    def total(self, rows: Array, others: Array, weights: Array) -> Array:
        """The sum of these margins, each by its weight."""
        parts = [slice(i, i + 1000) for i in range(0, len(rows), 1000)]
        return np.sum([weights[part] @ self.rows(rows[part], others[part]) for part in parts], axis=0)

    def direction(self, D: Array) -> Direction:
        """In the units of the features."""
        table = np.zeros((self.unknowns // (self.sides.n_classes - 1), self.sides.n_classes), dtype=object)
        table[:, 1:] = D.reshape(len(table), -1)
        first = int(self.sides.intercept)
        biases = (table[0] if first else 0 * table[0]) - self.origin @ table[first:]
        down = _two(-max(int(v).bit_length() for v in D))
        scaled = zip(table[first:].tolist(), self.units.tolist(), strict=True)
        return [[v * down * _two(-e) for v in row] for row, e in scaled], [int(v) * down for v in biases]


def _at_zero(weights: Array, level: Array, shift: Array, intercept: bool) -> Direction:
    """Exactly the scores that these weights (features, classes) and scores at the point `shift` have."""
    D = [[Fraction(v) for v in row] for row in weights.tolist()]
    m = [Fraction(v) for v in shift.tolist()]
    moved = [sum((mj * row[k] for mj, row in zip(m, D, strict=True)), Fraction(0)) for k in range(len(level))]
    return D, [Fraction(a) - b if intercept else Fraction(0) for a, b in zip(level.tolist(), moved, strict=True)]


def _two(exponent: int) -> Fraction:
    return Fraction(2**exponent) if exponent >= 0 else Fraction(1, 2**-exponent)


def _units(X: Array) -> Array:
    """The largest e for each column with X / 2^e whole."""
    digits, exponent = _digits(X)
    last = np.frexp((digits & -digits).astype(float))[1] - 1 + exponent
    there = digits != 0
    return np.where(there.any(axis=0), np.min(last, axis=0, where=there, initial=2000), 0)


def _whole(X: Array, units: Array) -> Array:
    """X / 2^units as whole numbers of any length."""
    digits, exponent = _digits(X)
    last = np.where(digits != 0, np.frexp((digits & -digits).astype(float))[1] - 1, 0)
    up = np.where(digits != 0, exponent + last - units, 0)
    return (digits >> last).astype(object) * np.array(2, dtype=object) ** up.astype(object)


def _digits(X: Array) -> tuple[Array, Array]:
    """Whole numbers N of 53 bits and exponents e with X = N 2^e."""
    mantissa, exponent = np.frexp(X.astype(float))
    return np.ldexp(mantissa, 53).astype(np.int64), exponent - 53


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
