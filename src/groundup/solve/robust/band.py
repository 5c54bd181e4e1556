"""Many rows: most of them lie so clearly above or below that only their side matters.

A sample of the rows says roughly where the plane goes. For Huber's loss that is enough to begin Newton's method. With
straight pieces, rows far from the plane keep their side: each then adds a straight price, and all together they are one
vector. The interior-point method sees only the band of rows around the plane. A row that turns out to lie on the other
side joins the band, and the band is solved again. Nothing is approximate in the end: the certificate asks every row. On
100,000 rows of 20 features this halves the time.

Portnoy and Koenker, The Gaussian hare and the Laplacian tortoise, Statistical Science 12 (1997), section 5.
"""

from __future__ import annotations

import numpy as np

from groundup._arrays import Array
from groundup.solve.robust.interior import Inside, Problem, interior_point
from groundup.solve.untyped import where

MANY_ROWS = 20_000
ROUNDS = 6


def inside_of(problem: Problem) -> Inside:
    """`interior_point`, or where there are many rows something nearly as good from a part of them."""
    n, r = problem.A.shape
    size = int((r * n) ** (2 / 3))
    if n < MANY_ROWS or 4 * size > n or not (problem.straight or problem.smooth.all()):
        return interior_point(problem)
    sample = np.random.default_rng(0).choice(n, size, replace=False)
    sketch = interior_point(_some(problem, sample, problem.slope, size / n), tolerance=1e-6)
    miss = problem.y - problem.A @ sketch.c
    return _through_a_band(problem, sketch, miss, size) if problem.straight else _by_distance(problem, sketch, miss)


def _by_distance(problem: Problem, sketch: Inside, miss: Array) -> Inside:
    """Where the rows stand, from their distances: near enough for Newton's method on the pieces."""
    d = np.clip(miss / problem.smooth, -problem.down, problem.up)
    above, below = (
        np.maximum(miss - problem.up * problem.smooth, 0),
        np.maximum(-miss - problem.down * problem.smooth, 0),
    )
    return Inside(sketch.c, d, above, below, problem.up - d, d + problem.down, np.inf, sketch.n_iter)


def _through_a_band(problem: Problem, sketch: Inside, miss: Array, size: int) -> Inside:
    n = len(miss)
    length = np.sqrt(np.einsum("ij,ij->i", problem.A, problem.A))
    band = np.zeros(n, dtype=bool)
    band[np.argpartition(np.abs(miss) / length, size)[:size]] = True
    steps = sketch.n_iter
    for _ in range(ROUNDS):
        pull = where(band, 0.0, where(miss > 0, problem.up, -problem.down))
        found = interior_point(_some(problem, band, problem.slope - problem.A.T @ pull))
        steps += found.n_iter
        now = problem.y - problem.A @ found.c
        wrong = ~band & ((now > 0) != (miss > 0))
        if not wrong.any():
            return _whole(problem, band, pull, now, found, steps)
        if 4 * (band.sum() + wrong.sum()) > 3 * n or not np.isfinite(found.gap):
            break
        band |= wrong
    return interior_point(problem)


def _some(problem: Problem, rows: Array, slope: Array, share: float = 1.0) -> Problem:
    """The rows asked for, with a straight price for all others, or with that share of all prices on c."""
    A, y, up, down, smooth, _, bend = problem
    return Problem(A[rows], y[rows], up[rows], down[rows], smooth[rows], share * slope, share * bend)


def _whole(problem: Problem, band: Array, pull: Array, miss: Array, found: Inside, steps: int) -> Inside:
    """Where all rows stand: those in the band as found, the others at their bound."""
    tiny = 1e-12 * (problem.up + problem.down)
    parts = (pull, np.maximum(miss, 0), np.maximum(-miss, 0), np.maximum(problem.up - pull, tiny))
    d, above, below, high = (part.copy() for part in parts)
    low = np.maximum(pull + problem.down, tiny)
    for all_rows, some in zip((d, above, below, high, low), found[1:6], strict=True):
        all_rows[band] = some
    return Inside(found.c, d, above, below, high, low, found.gap, steps)
