"""Lasso and elastic net from the sums that least squares leaves: no row is looked at again.

    minimise   scale |R b - t|² + l1 Σ|b| + l2/2 Σ b²,      R'R = X'WX and R't = X'Wy for centred rows

Coordinate descent is the definition: one coefficient at a time goes to its own minimum, and stays at exactly 0 where
the others leave it less than l1 to explain. Once it is known which coefficients are not 0 and on which side, the rest
is a linear system. So that is guessed, from the answer for the penalty before, and where guesses go round in circles
the signs are changed a few at a time; where H has lost too many digits, with its factor instead. For 500 features two
or three guesses a penalty are the rule (`python -m benchmarks.lasso`), and a test binds all ways to the definition.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.least_squares import LeastSquares, ridge_path
from groundup.solve.least_squares.factor import dependent_columns, nothing
from groundup.solve.steep_lasso import steep_lasso
from groundup.solve.support import NOWHERE, Support
from groundup.solve.untyped import solve, where

GUESSES = 12
MOST_IDLE = 5
"""So many steps with the same signs are enough: more of them move by rounding."""
CERTAIN = 1e-10
"""A guess whose duality gap is above this share of the cost at b = 0 stood on columns that depend on each other."""


class Lasso(NamedTuple):
    """The answer for one penalty, for d features and k outputs."""

    coefficients: Array
    """(d, k); what is not needed is exactly 0."""
    intercept: Array
    """(k,)."""
    gap: float
    """A bound on how far the objective is above its minimum: the duality gap."""
    n_iter: int
    reason: str


class LassoPath(NamedTuple):
    """The answers for m penalties, in the order of `l1`."""

    l1: Array
    coefficients: Array
    """(m, d, k)."""
    intercept: Array
    """(m, k)."""
    gap: Array
    """(m,)."""
    n_iter: Array
    """(m,)."""


class Bowl(NamedTuple):
    """b'Hb/2 - q'b, and its factor: H = F'F + l2, q = F'f, for one output."""

    H: Array
    q: Array
    F: Array
    f: Array
    l2: float

    def look(self, b: Array) -> tuple[Array, Array]:
        """The residual f - F b, and the slope q - H b from it: the factor has twice the digits of H."""
        r = self.f - self.F @ b
        return r, self.F.T @ r - self.l2 * b

    def slope(self, b: Array) -> Array:
        """q - H b."""
        return self.look(b)[1]


class Found(NamedTuple):
    """b (d,), how often all coefficients were looked at, the support of b, and its duality gap."""

    b: Array
    n_iter: int
    support: Support
    gap: float = math.nan


def lasso(solution: LeastSquares, l1: float, l2: float = 0.0, *, scale: float = 1.0) -> Lasso:
    """The b and a that minimise scale Σ w |y - X b - a|² + l1 Σ|b| + l2/2 Σ b²; a is never penalised.

    `solution` is what `least_squares` returns for the rows; `scale` is 1 for a sum and 1 / Σ w for a mean. Raises
    InputError for a negative penalty.

    >>> from groundup.data.blocks import ArrayBlocks
    >>> from groundup.solve.least_squares import least_squares
    >>> X, y = np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]]), np.array([[4.0], [-2.0], [2.0], [-4.0]])
    >>> lasso(least_squares(ArrayBlocks(X, y)), l1=12.0).coefficients  # 3 - 12/8, and 1 - 12/8 is below 0
    array([[1.5],
           [0. ]])

    Tibshirani, Regression shrinkage and selection via the lasso, JRSS B 58 (1996).
    """
    path = lasso_path(solution, [l1], l2, scale=scale)
    b, gap = path.coefficients[0], float(path.gap[0])
    kept = f"{np.count_nonzero(b)} of {b.size} coefficients are not 0, by exact steps on these"
    if not gap <= CERTAIN * scale * float((solution.projections**2).sum()):
        proof = f"the loss is at most {gap:.2g} above its minimum" if gap >= 0 else "nan or infinity among the rows"
    else:
        proof = f"proven optimal, duality gap {gap:.2g}"
        again = _exchangeable(bowls_of(solution, l2, scale), l1, b)
        if again:
            proof += f"; not unique: columns {', '.join(map(str, again[:10]))}{', ...' * (len(again) > 10)} can be had "
            proof += "from others, so other weights cost the same and predict the same. With l2 there is one answer"
    return Lasso(b, path.intercept[0], gap, int(path.n_iter[0]), f"{kept}; {proof}")


def _exchangeable(bowls: list[Bowl], l1: float, b: Array) -> list[int]:
    """Columns that depend on others among those whose slope is all of l1: only these can be other than 0.

    Tibshirani, The lasso problem and uniqueness, Electronic Journal of Statistics 7 (2013).
    """
    found: set[int] = set()
    for bowl, column in zip(bowls, b.T, strict=True):
        size = np.sqrt((bowl.F * bowl.F).sum(axis=0))
        noise = 1e-9 * size * math.sqrt(float(bowl.f @ bowl.f))
        some = np.flatnonzero((np.abs(bowl.slope(column)) >= l1 - noise) & (size > 0))
        if bowl.l2 == 0 and len(some):
            among = bowl.F[:, some] / size[some]
            least = nothing(len(size))
            rank = int((np.linalg.svd(among, compute_uv=False) > least).sum())
            found.update(some[dependent_columns(among, rank, least)].tolist())
    return sorted(found)


def lasso_path(
    solution: LeastSquares, l1: Sequence[float] | Array, l2: float = 0.0, *, scale: float = 1.0
) -> LassoPath:
    """`lasso` for many penalties: each starts from the answer for the next larger one.

    Friedman, Hastie, Tibshirani, Regularization paths for generalized linear models, J. Stat. Software 33 (2010).
    """
    for name, penalty in [*(("l1", one) for one in l1), ("l2", l2)]:
        if not 0 <= penalty < math.inf:
            raise InputError(f"{name} must be a finite number of at least 0; got {penalty!r}. Use 0 for no penalty.")
    d, k = solution.coefficients.shape
    penalties = np.array(l1, dtype=np.float64)
    coefficients, gaps, counts = np.zeros((len(penalties), d, k)), np.zeros(len(penalties)), np.zeros(len(penalties))
    intercept: Any = np.empty((len(penalties), k))
    with np.errstate(all="ignore"):
        bowls = bowls_of(solution, l2, scale)
        for j, bowl in enumerate(bowls):
            found, above = Found(np.zeros(d), 0, NOWHERE), float(np.abs(bowl.q).max(initial=0.0))
            if not np.isfinite(bowl.q).all() or not np.isfinite(bowl.H).all():
                coefficients[:, :, j], gaps[:] = np.nan, np.nan
                continue
            for i in np.argsort(-penalties, kind="stable")[: np.count_nonzero(penalties)]:
                for stage in _stages(above, float(penalties[i])):
                    found = minimum(bowl, stage, found)
                above = float(penalties[i])
                found = minimum(bowl, above, found)
                coefficients[i, :, j] = found.b
                gaps[i] += found.gap
                counts[i] = max(counts[i], found.n_iter)
        for i in np.flatnonzero(penalties == 0):
            coefficients[i] = ridge_path(solution, [l2 / (2 * scale)])[0][0]
        for i in range(len(penalties)):
            intercept[i] = solution.label_means - solution.feature_means @ coefficients[i]
    return LassoPath(penalties, coefficients, intercept, gaps, counts.astype(int))


def largest_l1(solution: LeastSquares, *, scale: float = 1.0) -> float:
    """2 scale max |X'Wy| for centred rows: from this l1 on, every coefficient is 0."""
    return max(float(np.abs(bowl.q).max(initial=0.0)) for bowl in bowls_of(solution, 0.0, scale))


def bowls_of(solution: LeastSquares, l2: float, scale: float) -> list[Bowl]:
    """The objective without l1, for each output."""
    F: Any = math.sqrt(2 * scale) * solution.told
    f = math.sqrt(2 * scale) * solution.projections
    H = F.T @ F + l2 * np.eye(F.shape[1])
    return [Bowl(H, F.T @ column, F, column, l2) for column in f.T]


def minimum(bowl: Bowl, l1: float, start: Found) -> Found:
    """The minimum of bowl + l1 Σ|b|, from a b that is perhaps near it."""
    enough, found = CERTAIN * float(bowl.f @ bowl.f), settle(bowl, l1, start)
    found = None if found is None else polish(bowl, l1, found)
    if found is None or found.gap > enough:
        found = polish(bowl, l1, change_signs(bowl, l1, start.b))
    if found.gap <= enough:
        return found
    signed = steep_lasso(bowl.F, bowl.f, l1, bowl.l2, found.b)  # H has lost too many digits
    if signed is None or not signed.gap < found.gap:
        return found
    return Found(signed.b, found.n_iter + signed.steps, NOWHERE, signed.gap)


def _stages(above: float, l1: float) -> list[float]:
    """Penalties between, each 0.7 of the one before: a few coefficients at a time are easier than all at once."""
    if not 0 < l1 < 0.5 * above < math.inf:
        return []
    return [above * 0.7**i for i in range(1, math.ceil(math.log(l1 / above, 0.7)))]


def coordinate_descent(bowl: Bowl, l1: float, b: Array, sweeps: int) -> Array:
    """b_j ← sign(z) max(|z| - l1, 0) / H_jj with z = q_j - Σ_{i≠j} H_ij b_i, for each j in turn, `sweeps` times.

    >>> bowl = Bowl(np.eye(2), np.array([3.0, 0.5]), np.eye(2), np.array([3.0, 0.5]), 0.0)
    >>> coordinate_descent(bowl, 1.0, np.zeros(2), sweeps=1)
    array([2., 0.])
    """
    H, b = bowl.H, b.copy()
    left = bowl.q - H @ b
    curved = np.flatnonzero(np.diagonal(H) > 0)
    for _ in range(sweeps):
        for j in curved:
            z = left[j] + H[j, j] * b[j]
            new = math.copysign(max(abs(z) - l1, 0.0), z) / H[j, j]
            if new != b[j]:
                left -= (new - b[j]) * H[j]
                b[j] = new
    return b


def settle(bowl: Bowl, l1: float, start: Found) -> Found | None:
    """Guess which coefficients are not 0 and their signs, solve, look again: until nothing changes, or None.

    Newton's method for b = shrink(b + slope / H_jj, l1 / H_jj): Hintermüller, Ito, Kunisch, The primal-dual active set
    strategy as a semismooth Newton method, SIAM J. Optimization 13 (2002).
    """
    b, support, diagonal = start.b, start.support, np.diagonal(bowl.H)
    left, signs = bowl.q - bowl.H @ b, np.full(len(b), np.nan)
    changes: float = math.inf
    for looks in range(1, GUESSES + 1):
        z = diagonal * b + left
        wanted = np.sign(z) * (np.abs(z) > l1)
        if (wanted == signs).all():
            return Found(b, looks, support)
        changes, before = int((wanted != np.sign(b)).sum()), changes
        if changes > 20 + 3 * np.count_nonzero(b) or changes >= before:
            return None  # this goes in circles, or is about to solve for far too many
        signs = wanted
        try:
            b, support = support.at(bowl.H, signs != 0).solve(bowl.H, bowl.q - l1 * signs)
        except np.linalg.LinAlgError:
            return None
        if not np.isfinite(b).all():
            return None
        left = where(signs != 0, l1 * signs, bowl.q - bowl.H @ b)  # what was solved for, without its rounding
    return None


def change_signs(bowl: Bowl, l1: float, b: Array) -> Found:
    """A few signs at a time, always downhill, so that it ends: the way where guesses go round in circles.

    Take in coefficients whose slope exceeds l1 most, solve with the signs as they are, and go there as far as the
    objective falls; what comes to 0 on the way is let go.

    Lee, Battle, Raina, Ng, Efficient sparse coding algorithms, NIPS (2007).
    """
    b = b.copy()
    slack = 1e-12 * np.sqrt(np.diagonal(bowl.H) * (bowl.f @ bowl.f))
    steps = idle = 0
    for steps in range(20 * len(b) + 100):
        signs, left = np.sign(b), bowl.slope(b)
        new = np.zeros(0, dtype=int)
        if (np.abs(left - l1 * signs)[signs != 0] <= slack[signs != 0]).all():
            beyond: Any = (signs == 0) * (np.abs(left) - l1 - slack)
            new = np.argsort(-beyond)[: 1 + np.count_nonzero(signs) // 8]
            new = new[beyond[new] > 0]
            if not len(new):
                return Found(b, GUESSES + steps, NOWHERE)
        b = _down(bowl, l1, b, left, new)
        idle = 0 if len(new) or (np.sign(b) != signs).any() else idle + 1
        if idle > MOST_IDLE:
            break
    return Found(b, GUESSES + steps, NOWHERE)


def _down(bowl: Bowl, l1: float, b: Array, left: Array, new: Array) -> Array:
    """From b towards the minimum for its signs and those of the new, to where the objective is least on the way."""
    old, n_new = np.flatnonzero(b), len(new)
    while True:
        on = np.concatenate((new[:n_new], old))
        signs = where(b[on] != 0, np.sign(b[on]), np.sign(left[on]))
        v = _newton(bowl.H[np.ix_(on, on)], left[on] - l1 * signs)
        if n_new <= 1 or (v[:n_new] * signs[:n_new] > 0).all():
            break
        n_new //= 2  # one alone always goes the way of its sign
    return _least_on_the_way(bowl, l1, b, left, on, v)


def _newton(H: Array, pull: Array) -> Array:
    """H^-1 pull; where columns depend on others the bowl is flat, and the step goes far along it."""
    try:
        v = solve(H, pull)
        if np.abs(H @ v - pull).max(initial=0.0) <= 1e-9 * np.abs(pull).max(initial=0.0):
            return v
    except np.linalg.LinAlgError:
        pass
    values, vectors = np.linalg.eigh(H)
    return vectors @ (vectors.T @ pull / np.maximum(values, 1e-15 * values[-1]))


def _least_on_the_way(bowl: Bowl, l1: float, b: Array, left: Array, on: Array, v: Array) -> Array:
    """The least of b + t v for 0 < t ≤ 1 among the places where a coefficient is 0, and the end."""
    start = b[on]
    crossing = where(start * (start + v) < 0, -start / where(v == 0, 1.0, v), np.inf)
    stops = np.unique(np.append(crossing[crossing < 1], 1.0))
    squares, slope = float(v @ bowl.H[np.ix_(on, on)] @ v), float(left[on] @ v)
    lengths = np.abs(start[:, None] + v[:, None] * stops).sum(axis=0)
    best = int(np.argmin(0.5 * squares * stops**2 - slope * stops + l1 * lengths))
    moved = b.copy()
    moved[on] = where(crossing == stops[best], 0.0, start + stops[best] * v)
    return moved


def polish(bowl: Bowl, l1: float, found: Found) -> Found:
    """The exact minimum for these signs, with its duality gap; what was found where that has a smaller one."""
    b, signs = found.b, np.sign(found.b)
    r, c = bowl.look(b)
    found = found._replace(gap=gap_between(bowl, l1, b, r, c))
    try:
        support = found.support.at(bowl.H, signs != 0)
    except np.linalg.LinAlgError:
        return found
    on, last = support.order, math.inf
    for _ in range(4):
        step = support.inverse @ (c - l1 * signs)[on]
        size = float(np.abs(step).max(initial=0.0))
        moved = b.copy()
        moved[on] += step
        if (moved == b).all() or not size < 0.5 * last or (np.sign(moved) != signs).any():
            break
        b, last = moved, size
        r, c = bowl.look(b)
    polished = found._replace(b=b, support=support, gap=gap_between(bowl, l1, b, r, c))
    return min(polished, found, key=lambda one: one.gap)


def duality_gap(bowl: Bowl, l1: float, b: Array) -> float:
    """How far b can be above the minimum, at most."""
    return gap_between(bowl, l1, b, *bowl.look(b))


def gap_between(bowl: Bowl, l1: float, b: Array, r: Array, c: Array) -> float:
    """(1 - s)²/2 |r|² + Σ (l1 |b_j| - s c_j b_j): r the residual at b, c its slope, s = min(1, l1 / max|c|).

    No b whatever lies further below than this: s r is a point of the dual problem. Each term is at least 0.

    Kim, Koh, Lustig, Boyd, Gorinevsky, An interior-point method for large-scale l1-regularized least squares (2007).
    """
    steepest = float(np.abs(c).max(initial=0.0))
    s = min(1.0, l1 / steepest) if steepest > 0 else 1.0
    squares = float(r @ r + bowl.l2 * (b @ b))
    return 0.5 * (1 - s) ** 2 * squares + float(np.maximum(l1 * np.abs(b) - s * c * b, 0.0).sum())
