"""The way through the inside: an interior-point method for every loss made of straight and square pieces.

    minimise   Σ up_i above_i + down_i below_i + smooth_i d_i² / 2  +  slope'c  +  c'bend c / 2
    where      A c + smooth d + above - below = y,    above, below ≥ 0

and, seen from the other side,

    maximise   y'd - Σ smooth_i d_i² / 2 - ...   where   A'd = slope + bend c,   -down_i ≤ d_i ≤ up_i.

d_i is the pull of row i: `up` where the row lies above the plane, -`down` below, between on the plane. With smooth = 0
it is a quantile's loss, with up = down it is the absolute value, with smooth > 0 Huber's. Each step costs one matrix of
weighted squares A'ΘA; some 10 to 25 steps lead to 8 digits, whatever the data.

Mehrotra, On the implementation of a primal-dual interior point method, SIAM J. Optimization 2 (1992).
Portnoy and Koenker, The Gaussian hare and the Laplacian tortoise, Statistical Science 12 (1997).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.untyped import cholesky, solve

MOST_STEPS = 80
STAY_INSIDE = 0.9995


class Problem(NamedTuple):
    """Rows A (n, r) with labels y, and what their distances cost."""

    A: Array
    y: Array
    up: Array
    down: Array
    smooth: Array
    slope: Array
    """(r,): a straight price on c."""
    bend: Array
    """(r, r): a square price on c."""

    @property
    def straight(self) -> bool:
        """Whether all pieces are straight: a linear program, with its optimum at a corner."""
        return not (self.smooth.any() or self.bend.any())


class Inside(NamedTuple):
    """Where the method stands: c, the pull d of each row, the distances, and what is left of the way."""

    c: Array
    d: Array
    above: Array
    below: Array
    high: Array
    """up - d, kept apart: near a bound the difference would have no digits."""
    low: Array
    """d + down."""
    gap: float
    n_iter: int

    def stiffness(self, smooth: Array) -> Array:
        """Θ: how firmly each row holds the plane; large on the rows that the plane goes through."""
        return 1 / (smooth + self.above / self.high + self.below / self.low)


def squares(A: Array, weights: Array) -> Array:
    """A'diag(weights)A in blocks that fit the cache."""
    n, r = A.shape
    total = np.zeros((r, r))
    step = max(1, (1 << 17) // max(r, 1))
    for start in range(0, n, step):
        B = A[start : start + step] * np.sqrt(weights[start : start + step, None])
        total += B.T @ B
    return total


def interior_point(problem: Problem, tolerance: float = 1e-10) -> Inside:
    """Walk through the inside until what is left is `tolerance` of the cost."""
    here = start(problem)
    best = here
    for n_iter in range(1, MOST_STEPS + 1):
        try:
            here = _step(problem, here)._replace(n_iter=n_iter)
        except np.linalg.LinAlgError:
            break
        if not np.isfinite(here.gap):
            break
        best = here
        cost = problem.up @ here.above + problem.down @ here.below + 0.5 * problem.smooth @ here.d**2
        if here.gap <= tolerance * max(cost, 1e-8 * len(problem.y)) and _pull_error(problem, here) <= 1e-8:
            break
    return best


def start(problem: Problem) -> Inside:
    """Least squares for c, pulls in the middle, and distances that leave room on both sides."""
    A, y, up, down, smooth, _, _ = problem
    c = A.T @ y / len(y)
    d = 0.5 * (up - down)
    miss = y - A @ c - smooth * d
    room = 0.5 * float(np.abs(miss).mean()) + 1e-3
    above, below = np.maximum(miss, 0) + room, np.maximum(-miss, 0) + room
    return Inside(c, d, above, below, up - d, d + down, np.inf, 0)


def _pull_error(problem: Problem, here: Inside) -> float:
    error = problem.slope + problem.bend @ here.c - problem.A.T @ here.d
    return float(np.abs(error).max(initial=0.0)) / len(problem.y)


def _step(problem: Problem, here: Inside) -> Inside:
    """One step: look straight ahead (the predictor), then bend towards the middle of the way (the corrector)."""
    A, y, _, _, smooth, slope, bend = problem
    c, d, above, below, high, low, _, _ = here
    theta = here.stiffness(smooth)
    factor = cholesky(squares(A, theta) + bend)
    miss = y - A @ c - smooth * d - above + below
    pull = slope + bend @ c - A.T @ d

    def direction(first: Array, second: Array) -> tuple[Array, Array, Array, Array]:
        right = miss - first / high + second / low
        dc = solve(factor.T, solve(factor, A.T @ (theta * right) - pull))
        dd = theta * (right - A @ dc)
        return dc, dd, (first + above * dd) / high, (second - below * dd) / low

    products = above @ high + below @ low
    mean = products / (2 * len(y))
    _, dd, da, db = direction(-above * high, -below * low)
    primal, dual = _reach(above, da, below, db), _reach(high, -dd, low, dd)
    ahead = (above + primal * da) @ (high - dual * dd) + (below + primal * db) @ (low + dual * dd)
    centre = mean * (ahead / products) ** 3
    dc, dd, da, db = direction(centre - above * high + da * dd, centre - below * low - db * dd)
    primal, dual = STAY_INSIDE * _reach(above, da, below, db), STAY_INSIDE * _reach(high, -dd, low, dd)
    primal, dual = min(primal, 1.0), min(dual, 1.0)
    if not problem.straight:
        primal = dual = min(primal, dual)
    above, below, high, low = above + primal * da, below + primal * db, high - dual * dd, low + dual * dd
    gap = float(above @ high + below @ low)
    return Inside(c + primal * dc, d + dual * dd, above, below, high, low, gap, 0)


def _reach(first: Array, dfirst: Array, second: Array, dsecond: Array) -> float:
    """The longest step, at most 1 / STAY_INSIDE, that leaves both at least 0."""
    steepest = max(float(np.max(-dfirst / first)), float(np.max(-dsecond / second)), STAY_INSIDE)
    return 1 / steepest
