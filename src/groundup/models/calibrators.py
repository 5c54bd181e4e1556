"""From a score to a true chance: three curves, each found on rows that the model has not learnt from.

    Platt         1 / (1 + e^-(a z + b))              two numbers: few rows will do, the curve is always an S
    isotonic      the best curve that never falls     as many numbers as the rows bear: many rows, any shape
    temperature   softmax(z / T)                      one number for all classes: which is largest does not change

Each is the likeliest (isotonic: also the nearest in squares) of its family.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.errors import InputError
from groundup.formulas.activations import sigmoid, softmax
from groundup.formulas.losses import Logistic
from groundup.models.affine import Affine
from groundup.models.likelihood import likeliest
from groundup.models.objective import Cost, Objective


class Platt(NamedTuple):
    """chance = 1 / (1 + e^-(a z + b))."""

    slope: float
    shift: float

    def __call__(self, z: Array) -> Array:
        """The chances."""
        return np.asarray(sigmoid.value(self.slope * z + self.shift))


class Isotonic(NamedTuple):
    """A line through the points (score, chance), both rising; level beyond the first and the last."""

    scores: Array
    chances: Array

    def __call__(self, z: Array) -> Array:
        """The chances."""
        interp: Any = np.interp
        return interp(z, self.scores, self.chances)


def platt(z: Array, yes: Array, weight: Array) -> Platt:
    """argmin over a, b of the log loss, where 'yes' counts as (n₊ + 1)/(n₊ + 2) and 'no' as 1/(n₋ + 2).

    The targets are what a careful person believes after n₊ and n₋ rows: so there is an answer even where the scores
    tell all rows apart. z, yes (0 or 1) and weight are (rows,); n is the sum of the weights.

    >>> curve = platt(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4))
    >>> curve(np.array([-2.0, 0.0, 2.0])).round(4)
    array([0.2062, 0.5   , 0.7938])

    Platt, Probabilistic outputs for support vector machines (1999); Lin, Lin and Weng, Machine Learning 68 (2007).
    """
    there, absent = float(weight @ yes), float(weight @ (1 - yes))
    target = np.where(yes > 0, (there + 1) / (there + 2), 1 / (absent + 2))
    if float(np.ptp(z)) == 0:
        mean = float(weight @ target) / (there + absent)
        return Platt(0.0, math.log(mean) - math.log1p(-mean))
    found = likeliest(Objective(Cost(Affine(1), Logistic()), ArrayBlocks(z[:, None], target[:, None], weight)))
    return Platt(float(found.W[0, 0]), float(found.bias[0]))


def isotonic(z: Array, y: Array, weight: Array) -> Isotonic:
    """argmin over rising curves f of Σ w (y - f(z))²: neighbours that fall are pooled until none does.

    Rows of the same score are one point from the start. A pool's chance is the mean of its rows.

    >>> isotonic(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.0, 1.0, 0.0, 1.0]), np.ones(4)).chances
    array([0. , 0.5, 0.5, 1. ])

    Ayer, Brunk, Ewing, Reid and Silverman, Annals of Mathematical Statistics 26 (1955); Zadrozny and Elkan, KDD (2002).
    """
    known, place = np.unique(z, return_inverse=True)
    weights = np.bincount(place, weight)
    totals = np.bincount(place, weight * y)
    pools: list[tuple[float, float, int]] = []  # weight, total, number of scores
    for w, total in zip(weights.tolist(), totals.tolist(), strict=True):
        count = 1
        while pools and pools[-1][1] * w >= total * pools[-1][0]:
            before, sum_before, n = pools.pop()
            w, total, count = w + before, total + sum_before, count + n
        pools.append((w, total, count))
    counts = np.array([count for _, _, count in pools])
    chances = np.repeat([total / w for w, total, _ in pools], counts)
    last = np.cumsum(counts) - 1
    ends = np.union1d(last, last - counts + 1)  # between the ends of a pool the line is level anyway
    return Isotonic(known[ends], chances[ends])


def temperature(z: Array, y: Array, weight: Array) -> float:
    """argmin over T of the log loss of softmax(z / T), by Newton's method on β = 1/T; T > 1 makes chances more modest.

    z (rows, classes), y one-hot of the same shape, weight (rows,). The loss is convex in β, so there is one answer.
    Raises InputError where there is none: where every row's own class has the largest score (T would be 0), and where
    the scores point away from the classes (T would be infinite).

    >>> z = np.array([[4.0, 0.0], [4.0, 0.0], [0.0, 4.0], [4.0, 0.0]])
    >>> y = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    >>> round(temperature(z, y, np.ones(4)), 6)  # 3 of 4 are right: log 3 = 4 / T
    3.640957

    Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML (2017).
    """
    z = z - (z * y).sum(axis=1, keepdims=True)  # the own class at 0: adding a number to a row changes nothing
    size = float(np.abs(z).max())
    if z.max() <= 0 < size:
        raise InputError(
            "no temperature is the likeliest: every row's own class has the largest score, so the colder the better. "
            "Calibrate on rows that the model has not learnt from, or by method='platt'."
        )
    if size == 0 or weight @ z.mean(axis=1) >= 0:
        raise InputError(
            "no temperature is the likeliest: on average a row's own class has no larger score than the others, so "
            "the scores tell nothing. Train a better model first."
        )
    low, high, beta = 0.0, math.inf, 1 / size
    for _ in range(200):
        p = softmax.value(beta * z)
        mean = (p * z).sum(axis=1)
        slope, bend = float(weight @ mean), float(weight @ ((p * z * z).sum(axis=1) - mean * mean))
        low, high = (beta, high) if slope < 0 else (low, beta)
        step = beta - slope / bend if bend > 0 else math.inf
        if not low < step < high:
            step = 2 * beta if math.isinf(high) else (low + high) / 2
        if abs(step - beta) <= 4e-16 * beta:
            break
        beta = step
    return 1 / beta
