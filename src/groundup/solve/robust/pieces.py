"""From almost to exactly where some pieces are square: the optimum solves one linear system, once the pieces are known.

Each row is on one of four pieces: above (pull `up`), below (pull -`down`), on the plane (straight pieces), or within
the square part (pull = distance / smooth). On known pieces the optimum is a linear system. Its answer says which rows
are on another piece than was thought; after a few rounds none is, and the answer is exact.

Madsen and Nielsen, Finite algorithms for robust linear regression, BIT 30 (1990).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.robust.interior import Inside, Problem, squares
from groundup.solve.untyped import lstsq, solve, where

ROUNDS = 40
ROUNDING = 1e-12


class Pieces(NamedTuple):
    """Which rows are on which piece, as masks (n,)."""

    above: Array
    below: Array
    plane: Array
    within: Array

    def pulls(self, problem: Problem, miss: Array, d: Array) -> Array:
        """The pull of each row on its piece; on the plane the distance says nothing, so d is kept, within bounds."""
        smooth = where(self.within, problem.smooth, 1.0)
        free = where(self.within, miss / smooth, np.clip(d, -problem.down, problem.up))
        pull = where(self.above, problem.up, where(self.below, -problem.down, free))
        return pull

    def newton(self, problem: Problem, left: Array, miss: Array) -> tuple[Array, Array, bool]:
        """The step of c and of the pulls on the plane to the optimum on these pieces, and whether it is the only one.

        `left` is A'd - slope - bend c, `miss` is y - A c.
        """
        A, r = problem.A, problem.A.shape[1]
        on = A[self.plane]
        K = np.zeros((r + len(on), r + len(on)))
        stiff = where(self.within, 1 / where(self.within, problem.smooth, 1.0), 0.0)
        K[:r, :r] = squares(A, stiff) + problem.bend
        K[:r, r:], K[r:, :r] = -on.T, on
        right = np.concatenate((left, miss[self.plane]))
        values = np.linalg.eigvalsh(K[:r, :r] + on.T @ on)
        unique = len(on) <= r and bool((values > ROUNDING * values.max(initial=0.0)).all())
        answer = _answer(K, right)
        return answer[:r], answer[r:], unique


def _answer(K: Array, right: Array) -> Array:
    """K^-1 right; the least-norm answer where K is singular. Rows and columns are brought to one size first."""
    size = np.sqrt(np.abs(K).max(axis=0, initial=0.0))
    size[size == 0] = 1.0
    even, right = K / np.outer(size, size), right / size
    try:
        answer = solve(even, right)
        if np.abs(even @ answer - right).max(initial=0.0) <= 1e-10 * np.abs(right).max(initial=0.0):
            return answer / size
    except np.linalg.LinAlgError:
        pass
    return lstsq(even, right, rcond=ROUNDING)[0] / size


class Settled(NamedTuple):
    """Coordinates c, pulls d, pieces and rounds; whether every row is on its piece; whether no other c is as good.

    Where no pieces were settled, c and d are those of the way inside, after 0 rounds.
    """

    c: Array
    d: Array
    pieces: Pieces
    n_iter: int
    proven: bool
    unique: bool


def settle(problem: Problem, inside: Inside) -> Settled:
    """The exact optimum next to where the interior-point method ended."""
    size = problem.up + problem.down
    high, low = inside.high / size, inside.low / size
    square = problem.smooth > 0
    pieces = _four(inside.above > high, inside.below > low, square)
    c, d = inside.c, inside.d
    step = 0.0
    for n_iter in range(1, ROUNDS + 1):
        miss = problem.y - problem.A @ c
        d = pieces.pulls(problem, miss, d)
        step, more, unique = pieces.newton(problem, problem.A.T @ d - problem.slope - problem.bend @ c, miss)
        c = c + step
        d[pieces.plane] += more
        miss = problem.y - problem.A @ c
        d = pieces.plane * d + ~pieces.plane * pieces.pulls(problem, miss, d)
        after = _look(problem, pieces, miss, d)
        if all((one == other).all() for one, other in zip(after, pieces, strict=True)):
            if _balanced(problem, pieces, c, d):
                return Settled(c, d, pieces, n_iter, True, unique)
            break  # these pieces have no optimum of their own: where the way inside ended is far nearer to it
        pieces = after
    return Settled(inside.c, inside.d, pieces, 0, False, False)


def _balanced(problem: Problem, pieces: Pieces, c: Array, d: Array) -> bool:
    """Whether A'd = slope + bend c but for rounding: on wrong pieces there may be no such c at all."""
    size = np.abs(problem.A)
    left = problem.A.T @ d - problem.slope - problem.bend @ c
    rounding = (np.abs(problem.y) + size @ np.abs(c)) / where(pieces.within, problem.smooth, np.inf)
    rounding += pieces.plane * (problem.up + problem.down)
    most = 1e-10 * (size.T @ np.abs(d) + np.abs(problem.slope) + np.abs(problem.bend) @ np.abs(c))
    return bool((np.abs(left) <= most + 1e-12 * (size.T @ rounding)).all())


def _four(above: Array, below: Array, square: Array) -> Pieces:
    off = np.logical_or(above, below)
    return Pieces(above, below, ~(off | square), square & ~off)


def _look(problem: Problem, pieces: Pieces, miss: Array, d: Array) -> Pieces:
    """Where each row is now; a row at a joint stays where it was."""
    slack: Array = ROUNDING * (1 + np.abs(problem.y))
    wrong = 1e-10 * (problem.up + problem.down)
    square = problem.smooth > 0
    top, bottom = problem.up * problem.smooth, problem.down * problem.smooth
    above = where(square, miss > top + where(pieces.above, -slack, slack), pieces.above & (miss > -slack))
    below = where(square, -miss > bottom + where(pieces.below, -slack, slack), pieces.below & (miss < slack))
    above |= pieces.plane & (d > problem.up + wrong)
    below |= pieces.plane & (-d > problem.down + wrong)
    on = np.flatnonzero(pieces.plane)
    if len(on) > problem.A.shape[1] and (np.abs(miss[on]) > slack[on]).any():
        # More rows than a plane can go through: the one whose pull is nearest to a bound belongs there.
        room = np.stack([problem.up[on] - d[on], d[on] + problem.down[on]]) / (problem.up + problem.down)[on]
        side, row = np.unravel_index(int(np.argmin(room)), room.shape)
        (above, below)[side][on[row]] = True
    return _four(above, below, square)
