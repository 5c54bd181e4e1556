"""From almost to exactly: the optimum of straight pieces is a corner, where the plane goes through r rows.

Inside knows nearly everything: which rows lie above, which below, which the plane goes through. Here those rows are
solved exactly, and a certificate proves the corner: pulls d with A'd = slope, each at its bound off the plane and
between the bounds on it. Then no plane whatever costs less. Where the certificate fails, edges are followed downhill,
each to the lowest point on it (a weighted median), until it holds.

Where more than r rows lie on the plane, edges may have length 0 and a walk could go round in circles; so those rows
are moved by chance amounts of 1e-9 while walking. A certificate does not look at the size of a distance, only at its
side, so what is proven for the moved rows holds for the rows themselves.

Barrodale and Roberts, An improved algorithm for discrete l1 linear approximation, SIAM J. Numer. Anal. 10 (1973).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.robust.interior import Inside, Problem, squares
from groundup.solve.untyped import inv, lstsq, solve, where

ON_THE_PLANE = 1e-13
WITHIN_BOUNDS = 1e-10
ROUNDS = 6
REFRESH = 40


class Corner(NamedTuple):
    """Coordinates c, pulls d, the rows that fix c, how many edges were followed, and what is proven."""

    c: Array
    d: Array
    basis: Array
    n_edges: int
    proven: bool
    unique: bool


def corner(problem: Problem, inside: Inside) -> Corner:
    """The corner next to where the interior-point method ended, or the one that its edges lead down to."""
    A, y = problem.A, problem.y
    rng = np.random.default_rng(0)
    pull, edges = inside.d, 0
    c = inside.c
    basis = independent(A, np.argsort(-inside.stiffness(problem.smooth), kind="stable"))
    for _ in range(ROUNDS):
        c = solve(A[basis], y[basis])
        miss, zero = distances(problem, c, basis)
        d = certificate(problem, miss, zero, pull)
        if d is not None:
            return Corner(c, d, basis, edges, True, is_unique(problem, zero, d))
        moved = y.copy()
        scale = float(np.median(np.abs(miss))) or 1.0
        moved[zero] += 1e-9 * scale * rng.uniform(0.5, 1.0, int(zero.sum())) * rng.choice([-1, 1], int(zero.sum()))
        basis, pull, followed = follow_edges(problem._replace(y=moved), basis)
        edges += followed
    c = solve(A[basis], y[basis])
    return Corner(c, pull, basis, edges, False, False)


def distances(problem: Problem, c: Array, basis: Array) -> tuple[Array, Array]:
    """y - A c, and the rows where it is no more than rounding."""
    miss = problem.y - problem.A @ c
    size = np.abs(problem.y) + np.sqrt(np.einsum("ij,ij->i", problem.A, problem.A)) * np.linalg.norm(c)
    zero = np.abs(miss) <= ON_THE_PLANE * size
    zero[basis] = True
    return miss, zero


def bounds(problem: Problem, miss: Array) -> Array:
    """The pull of each row off the plane: `up` above, -`down` below."""
    side = where(miss > 0, problem.up, -problem.down)
    return side


def certificate(problem: Problem, miss: Array, zero: Array, guess: Array) -> Array | None:
    """Pulls that prove the plane optimal; None where those next to `guess` do not."""
    A, up, down = problem.A[zero], problem.up[zero], problem.down[zero]
    d = bounds(problem, miss)
    d[zero] = np.clip(guess[zero], -down, up)
    for _ in range(3):
        missing = problem.slope - problem.A.T @ d
        room = np.maximum(np.minimum(up - d[zero], d[zero] + down), 1e-6 * (up + down))
        step = lstsq(squares(A, room), missing, rcond=None)[0]
        d[zero] += room * (A @ step)
    slack = WITHIN_BOUNDS * (up + down)
    inside = (d[zero] <= up + slack) & (d[zero] >= -down - slack)
    missing = problem.slope - problem.A.T @ d
    most = np.abs(problem.A.T) @ (problem.up + problem.down) + np.abs(problem.slope)
    if not (inside.all() and (np.abs(missing) <= 1e-12 * most).all()):
        return None
    d[zero] = np.clip(d[zero], -down, up)
    return d


def is_unique(problem: Problem, zero: Array, d: Array) -> bool:
    """Whether the rows whose pull is strictly between its bounds fix the plane: then every other plane costs more."""
    slack = 1e-9 * (problem.up + problem.down)
    firm = zero & (d < problem.up - slack) & (d > slack - problem.down)
    A = problem.A[firm]
    return len(A) >= A.shape[1] and np.linalg.matrix_rank(A) == A.shape[1]


def independent(A: Array, order: Array) -> Array:
    """The first r rows, in this order, none of which is a combination of those before it."""
    r = A.shape[1]
    if r == 0:
        return np.zeros(0, dtype=int)
    length = np.sqrt(np.einsum("ij,ij->i", A, A))
    for tolerance in (1e-3, 1e-6, 1e-9, 1e-13):
        basis, found = np.zeros((0, r)), list[int]()
        for start in range(0, len(order), 4 * r):
            rows = order[start : start + 4 * r]
            left = A[rows] - (A[rows] @ basis.T) @ basis
            for row, vector in zip(rows, left, strict=True):
                vector = vector - (basis @ vector) @ basis
                vector = vector - (basis @ vector) @ basis
                size = float(np.linalg.norm(vector))
                if size > tolerance * length[row]:
                    basis = np.concatenate((basis, vector[None] / size))
                    found.append(int(row))
                if len(found) == r:
                    return np.array(found)
    raise np.linalg.LinAlgError("the rows do not span the columns")


def follow_edges(problem: Problem, basis: Array) -> tuple[Array, Array, int]:
    """Along edges downhill until the pulls of the basis are within their bounds: (basis, pulls, edges)."""
    A, y, up, down, slope = problem.A, problem.y, problem.up, problem.down, problem.slope
    basis, d, edges = basis.copy(), bounds(problem, y), 0
    inverse, miss = _at(problem, basis)
    most = 50 * (A.shape[1] + 10) + len(y)
    for edges in range(most):
        if edges % REFRESH == REFRESH - 1:
            inverse, miss = _at(problem, basis)
        d = bounds(problem, miss)
        d[basis] = 0.0
        d[basis] = inverse.T @ (slope - A.T @ d)
        over = np.maximum(d[basis] - up[basis], -down[basis] - d[basis])
        leaving = int(np.argmax(over / np.linalg.norm(inverse, axis=0)))
        if over[leaving] <= WITHIN_BOUNDS * (up[basis[leaving]] + down[basis[leaving]]):
            return basis, d, edges
        v = -inverse[:, leaving] if d[basis[leaving]] > 0 else inverse[:, leaving]
        z = A @ v
        entering, t = lowest_on_edge(problem, miss, z, basis, float(over[leaving]))
        if entering < 0:
            return basis, d, edges
        miss -= t * z
        row = A[entering] @ inverse
        row[leaving] -= 1.0
        inverse -= np.outer(inverse[:, leaving] / (row[leaving] + 1.0), row)
        basis[leaving] = entering
        miss[basis] = 0.0
    return basis, d, edges


def _at(problem: Problem, basis: Array) -> tuple[Array, Array]:
    """The inverse of the rows of a corner, and the distances from it."""
    inverse = inv(problem.A[basis])
    miss = problem.y - problem.A @ (inverse @ problem.y[basis])
    miss[basis] = 0.0
    return inverse, miss


def lowest_on_edge(problem: Problem, miss: Array, z: Array, basis: Array, fall: float) -> tuple[int, float]:
    """Where the cost, falling at this rate, begins to rise: each row that the plane meets adds (up + down) |z|."""
    meets = (miss * z > 0) & (np.abs(z) > 1e-11 * np.abs(z).max())
    meets[basis] = False
    rows = np.flatnonzero(meets)
    t = miss[rows] / z[rows]
    order = np.argsort(t, kind="stable")
    rows, t = rows[order], t[order]
    rise = np.cumsum((problem.up[rows] + problem.down[rows]) * np.abs(z[rows]))
    stop = int(np.searchsorted(rise, fall))
    return (-1, 0.0) if stop == len(rows) else (int(rows[stop]), float(t[stop]))
