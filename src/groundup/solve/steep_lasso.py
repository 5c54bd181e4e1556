"""The lasso where columns nearly agree, as those far from 0 do without an intercept: signs, and QR for these.

With the factor F of the bowl, F'F = H, and f the labels in its axes, the coefficients that are not 0 have signs s and

    F = Q R on them,    b = R^-1 (Q'f - w),    u = f - Q (Q'f - w),    w = R^-T l1 s

F'u is the slope, l1 s on those that are not 0: u is right to the rounding of F'u where the residual f - F b is only
right to that of b, which is larger by the condition of F. So b has the digits that the rows hold, also where H has lost
them all; signs change a few at a time, always downhill; and u, a point of the dual problem, proves the end.

Lee, Battle, Raina, Ng, Efficient sparse coding algorithms, NIPS (2007).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.untyped import qr, solve, where

SLACK = 1e-9
"""A slope that exceeds l1 by this share of it is rounding."""
DEPENDENT = 1e-14
"""Columns whose factor has so small a share of its largest entry on the diagonal depend on others."""


class Signed(NamedTuple):
    """b (d,), the dual point u, its duality gap, and how many systems were solved."""

    b: Array
    gap: float
    steps: int


def steep_lasso(F: Array, f: Array, l1: float, l2: float, start: Array) -> Signed | None:
    """The b that minimises |F b - f|²/2 + l1 Σ|b| + l2/2 Σ b²; None where columns depend on others entirely.

    >>> F = np.array([[1e8, 1e8], [0.0, 1.0]])
    >>> steep_lasso(F, F @ np.array([1.0, 2.0]), 0.25, 0.0, np.zeros(2)).b.round(6)  # all b1 + b2 = 3 cost the same
    array([1., 2.])
    """
    d = len(start)
    if l2 > 0:
        below = math.sqrt(l2) * np.eye(d)
        return steep_lasso(np.concatenate([F, below]), np.concatenate([f, np.zeros(d)]), l1, 0.0, start)
    b, new, most = start.copy(), np.zeros(0, dtype=int), 10 * d + 50
    signs = np.sign(b)
    for steps in range(1, most):
        found = _step(F, f, l1, b, signs, new)
        if found is None:
            return None
        b, u, arrived = found
        signs = np.sign(b)
        if not arrived:
            new = new[:0]
            continue
        slope = F.T @ u
        beyond = where(signs == 0, np.abs(slope) - l1 * (1 + SLACK), -1.0)
        new = np.argsort(-beyond)[: 1 + np.count_nonzero(signs) // 8]
        new = new[beyond[new] > 0]
        if not len(new):
            return Signed(b, dual_gap(F, f, l1, b, u), steps)
        signs[new] = np.sign(slope[new])
    return None


def _step(F: Array, f: Array, l1: float, b: Array, signs: Array, new: Array) -> tuple[Array, Array, bool] | None:
    """As far towards the b of these signs as the objective falls: b, u of those signs, and whether all of the way."""
    old = np.flatnonzero(b)
    while True:
        on = np.concatenate((old, new))
        if len(on) > len(F):
            return None
        Q, R = qr(F[:, on])
        size = np.abs(R.diagonal())
        if not size.min(initial=math.inf) > DEPENDENT * size.max(initial=0.0):
            return None
        pull = Q.T @ f - solve(R.T, l1 * signs[on])
        goal, u = solve(R, pull), f - Q @ pull
        if len(new) <= 1 or (goal[len(old) :] * signs[new] > 0).all():
            break
        new = new[: len(new) // 2]  # one alone always goes the way of its sign
    there = np.zeros_like(b)
    there[on] = goal
    if (np.sign(goal) == signs[on]).all():
        return there, u, True
    return _least_on_the_way(F, f, l1, b, there), u, False


def _least_on_the_way(F: Array, f: Array, l1: float, b: Array, there: Array) -> Array:
    """The least of b + t (there - b) among the places where a coefficient is 0, and the end."""
    v = there - b
    crossing = where(b * there < 0, -b / where(v == 0, 1.0, v), np.inf)
    stops = np.unique(np.append(crossing[crossing < 1], 1.0))
    moved = F @ v
    squares, slope = float(moved @ moved), float(moved @ (f - F @ b))
    lengths = np.abs(b[:, None] + v[:, None] * stops).sum(axis=0)
    stop = stops[int(np.argmin(0.5 * squares * stops**2 - slope * stops + l1 * lengths))]
    return where(crossing == stop, 0.0, there if stop == 1 else b + stop * v)


def dual_gap(F: Array, f: Array, l1: float, b: Array, u: Array) -> float:
    """|r - s u|²/2 + Σ (l1 |b_j| - s F_j'u b_j) with the residual r = f - F b and s = min(1, l1 / max |F'u|).

    No b lies further below than this, whatever u is: s u is a point of the dual problem. Each term is at least 0.
    """
    slope = F.T @ u
    steepest = float(np.abs(slope).max(initial=0.0))
    s = min(1.0, l1 / steepest) if steepest > 0 else 1.0
    away = f - F @ b - s * u
    return 0.5 * float(away @ away) + float(np.maximum(l1 * np.abs(b) - s * slope * b, 0.0).sum())
