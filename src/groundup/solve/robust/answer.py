"""From rows and a loss to the exact answer: the straight path of every robust fit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.robust.band import inside_of
from groundup.solve.robust.corner import Corner, corner
from groundup.solve.robust.design import Design, centre_and_scale, design, scaled
from groundup.solve.robust.interior import Inside, Problem, interior_point
from groundup.solve.robust.pieces import Settled, settle
from groundup.solve.untyped import full, lstsq, where
from groundup.solve.untyped import solve as solve_linear

CERTAIN = 1e-9
"""A gap below this share of what b = 0 costs is rounding."""


class Robust(NamedTuple):
    """What a robust fit hands back, for d features and k outputs."""

    coefficients: Array
    """(d, k)."""
    intercept: Array
    """(k,); zeros without an intercept."""
    gap: float
    """A bound on how far the cost, summed over rows and outputs, is above its minimum: the duality gap."""
    n_iter: int
    reason: str


class Loss(NamedTuple):
    """The price of a distance above the plane and below it, what is free, and up to where it is a square."""

    up: float
    down: float
    epsilon: float = 0.0
    delta: float = 0.0


class Units(NamedTuple):
    """y = shift + 2^exponent (scaled y); costs are in units of price x 2^exponent."""

    shift: float
    exponent: int
    price: float


class Found(NamedTuple):
    """The answer for one output."""

    coefficients: Array
    intercept: float
    gap: float
    n_iter: int
    reason: str


def solve(
    X: Array, y: Array, sample_weight: Array | None, loss: Loss, fit_intercept: bool, l1: float, l2: float
) -> Robust:
    """The exact answer for each output, and one sentence for all of them."""
    for name, penalty in (("l1", l1), ("l2", l2)):
        if not 0 <= penalty < np.inf:
            raise InputError(f"{name} must be a finite number of at least 0; got {penalty!r}. Use 0 for no penalty.")
    w = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
    if not (np.isfinite(X).all() and np.isfinite(y).all() and np.isfinite(w).all()):
        nan = full((X.shape[1], y.shape[1]), np.nan)
        return Robust(nan, nan.sum(axis=0), np.nan, 0, "nan or infinity among the rows: there is no answer")
    if not (w > 0).any():
        raise InputError(
            "sample_weight must be above 0 for at least one row; all are 0. Leave it out for equal weights."
        )
    counts = slice(None) if (w > 0).all() else w > 0
    X64, y, w = np.asarray(X[counts], dtype=np.float64), np.asarray(y[counts], dtype=np.float64), w[counts]
    with np.errstate(all="ignore"):
        bought = _bought(X64, w * max(loss.up, loss.down), l1, fit_intercept)
        columns = X64 if bought.all() else X64[:, bought]
        rows = design(columns, fit_intercept, l1 > 0 or l2 > 0, l2 / _curvature(y, w, loss))
        found = [one_output(rows, column, w, loss, l1, l2) for column in y.T]
    worst = max(found, key=lambda one: one.gap)
    coefficients = np.zeros((len(bought), len(found)))
    coefficients[bought] = np.stack([one.coefficients for one in found], axis=1)
    return Robust(
        coefficients,
        np.array([one.intercept for one in found]),
        float(sum(one.gap for one in found)),
        max(one.n_iter for one in found),
        worst.reason,
    )


def _bought(X: Array, steepest: Array, l1: float, intercept: bool) -> Array:
    """Which columns can be worth their price: not those with l1 ≥ Σ w |x| steepest slope, whatever y is; (d,).

    Their coefficient is 0, for no pulls of the rows add up to more. Left in, a column of small numbers has a price so
    large that no digits are left for the others.
    """
    if l1 == 0:
        return np.ones(X.shape[1], bool)
    centre, exponents = centre_and_scale(X, intercept)
    most = np.zeros(X.shape[1])
    for rows, S in scaled(X, centre, exponents, False):
        most += steepest[rows] @ np.abs(S)
    return np.ldexp(most, exponents) > l1


def _curvature(y: Array, w: Array, loss: Loss) -> float:
    """About how strongly a row bends the cost of the plane: for the scale of l2 beside the rows."""
    far = np.abs(y - np.median(y, axis=0))
    far = far[far > 0]
    width = float(np.median(far)) if len(far) else 1.0
    return float(w.mean()) * (1.0 if loss.delta > 0 else (loss.up + loss.down) / (2 * width))


def one_output(rows: Design, y: Array, w: Array, loss: Loss, l1: float, l2: float) -> Found:
    """Inside, then exactly."""
    units = _units(rows, y, w)
    y = np.ldexp(y - units.shift, -units.exponent)
    posed = pose(rows, y, w / units.price, loss, l1 / units.price, l2 / units.price, units.exponent)
    problem = posed.problem
    held = _held(problem.y)
    inside = inside_of(problem._replace(y=held))
    if problem.straight:
        exact = corner(problem, inside)
        a_beta = _through_the_rows(posed, exact)
    else:
        exact = settle(problem, inside)
        if not exact.proven:
            inside = interior_point(problem)
            exact = settle(problem, inside)
        a_beta, exact = _refined(posed, exact)
    gap = duality_gap(posed, a_beta, exact)
    certain = gap <= CERTAIN * float(np.maximum(problem.up, problem.down) @ (np.abs(problem.y) + problem.smooth + 1e-6))
    exact = exact._replace(proven=certain)  # the gap is the proof, however it was reached
    gap = float(np.ldexp(gap * units.price, units.exponent))
    coefficients, intercept = rows.in_users_units(a_beta, units.exponent, units.shift)
    n_iter = inside.n_iter + (exact.n_edges if isinstance(exact, Corner) else exact.n_iter)
    return Found(coefficients, intercept, gap, n_iter, _in_words(posed, inside, exact, gap))


def _units(rows: Design, y: Array, w: Array) -> Units:
    """Units in which an ordinary label is about 1; taken at the median, where no outlier decides."""
    shift = float(np.median(y)) if rows.intercept else 0.0
    far = np.abs(y - shift)
    near = np.sort(far[far > 0])
    size = (
        float(near[(len(near) - 1) // 2]) if len(near) else 1.0
    )  # the lower median: of two, the one that is no outlier
    return Units(shift, int(np.frexp(size)[1]), float(w.max()))


def _held(y: Array) -> Array:
    """Labels held within 10,000 of ordinary ones while looking for the way; the exact part sees them as they are."""
    return np.clip(y, -1e4, 1e4)


class Posed(NamedTuple):
    """The problem in scaled units, and how its rows came from those of the design."""

    rows: Design
    problem: Problem
    copies: int
    """2 where each row stands once for what is above and once for what is below."""
    priced: bool
    """Whether d more rows stand for an l1 penalty."""
    l2: Array
    """(d,): the square price of each beta."""

    def score(self, a_beta: Array) -> Array:
        """What the plane says for every row of the problem, straight from X."""
        z = np.concatenate([self.rows.score(a_beta)] * self.copies)
        return np.concatenate((z, a_beta[int(self.rows.intercept) :])) if self.priced else z

    def left(self, a_beta: Array, d: Array) -> Array:
        """A'd - slope - bend c, which is 0 at the optimum, straight from X."""
        one = int(self.rows.intercept)
        return self.pull_back(d) - self.rows.turn[one:].T @ (self.l2 * a_beta[one:])

    def pull_back(self, d: Array) -> Array:
        """A'd, straight from X."""
        n = len(self.rows.Q)
        total = self.rows.pull_back(d[:n] if self.copies == 1 else d[:n] + d[n : 2 * n])
        return total + self.rows.turn[int(self.rows.intercept) :].T @ d[self.copies * n :] if self.priced else total


def pose(rows: Design, y: Array, w: Array, loss: Loss, l1: float, l2: float, exponent: int) -> Posed:
    """The rows with their prices, in scaled units; an l1 penalty is d more rows, with label 0."""
    stack, r, T = rows.Q, rows.Q.shape[1], rows.turn[int(rows.intercept) :]
    up, down, smooth, none = loss.up * w, loss.down * w, np.zeros(len(w)), np.zeros(len(w))
    if loss.delta > 0:
        smooth = np.ldexp(1 / w, -exponent)
    if loss.epsilon > 0:
        free = np.ldexp(loss.epsilon, -exponent)
        stack, y, smooth = (
            np.concatenate((stack, stack)),
            np.concatenate((y - free, y + free)),
            np.concatenate((none, none)),
        )
        up, down = np.concatenate((up, none)), np.concatenate((none, down))
    if l1 > 0:
        price, none = np.ldexp(l1, -rows.exponents), np.zeros(len(T))
        stack, y, smooth = np.concatenate((stack, T)), np.concatenate((y, none)), np.concatenate((smooth, none))
        up, down = np.concatenate((up, price)), np.concatenate((down, price))
    squared = np.ldexp(l2, exponent - 2 * rows.exponents)
    problem = Problem(stack, y, up, down, smooth, np.zeros(r), (T.T * squared) @ T)
    return Posed(rows, problem, 1 + (loss.epsilon > 0), l1 > 0, squared)


def _through_the_rows(posed: Posed, exact: Corner) -> Array:
    """(a, beta) of the plane through the rows of the corner, refined with the rows themselves."""
    turn, basis = posed.rows.turn, exact.basis
    a_beta = turn @ exact.c
    for _ in range(3):
        left = (posed.problem.y - posed.score(a_beta))[basis]
        a_beta = a_beta + turn @ solve_linear(posed.problem.A[basis], left)
    return _zeros_exact(posed, a_beta, basis)


def _zeros_exact(posed: Posed, a_beta: Array, on_plane: Array) -> Array:
    """A coefficient whose l1 row lies on the plane is 0, not almost 0."""
    n = posed.copies * len(posed.rows.Q)
    a_beta[int(posed.rows.intercept) + on_plane[on_plane >= n] - n] = 0.0
    return a_beta


def _refined(posed: Posed, exact: Settled) -> tuple[Array, Settled]:
    """(a, beta) of the exact answer on its pieces, refined with the rows themselves, and the answer so refined."""
    problem = posed.problem
    a_beta, d, c = posed.rows.turn @ exact.c, exact.d, exact.c
    pieces = exact.pieces
    if not exact.proven:
        return a_beta, exact
    for _ in range(2):
        miss = problem.y - posed.score(a_beta)
        d = pieces.pulls(problem, miss, d)
        left = posed.left(a_beta, d)
        step, on_plane, _ = pieces.newton(problem, left, miss)
        c, a_beta = c + step, a_beta + posed.rows.turn @ step
        d = d.copy()
        d[pieces.plane] += on_plane
    d = pieces.pulls(problem, problem.y - posed.score(a_beta), d)
    return _zeros_exact(posed, a_beta, np.flatnonzero(pieces.plane)), exact._replace(c=c, d=d)


def duality_gap(posed: Posed, a_beta: Array, exact: Corner | Settled) -> float:
    """Σ (cost + cost of the pull - distance x pull), each at least 0, and the rounding of A'd = slope + bend c.

    With `left` the error of that equation, the rounding is worth left'c where pieces are straight, and left'H^-1 left
    / 2 on the pieces of an answer that is exact but for rounding.
    """
    problem, d = posed.problem, exact.d
    miss = problem.y - posed.score(a_beta)
    straight = where(miss > 0, problem.up - d, problem.down + d) * np.abs(miss)
    safe = where(problem.smooth > 0, problem.smooth, 1.0)
    kink = where(miss > 0, problem.up, problem.down) * safe
    over = np.abs(miss) - kink
    pull = where(over > 0, where(miss > 0, problem.up, -problem.down), miss / safe)
    # With t the pull that the distance asks for, cost + smooth d²/2 - distance d = smooth (t - d)²/2 + what is beyond.
    square = 0.5 * safe * (pull - d) ** 2 + where(over > 0, (np.abs(pull) - np.sign(miss) * d) * over, 0.0)
    left = posed.left(a_beta, d)
    c = np.abs(lstsq(posed.rows.turn, a_beta, rcond=None)[0])
    if isinstance(exact, Settled) and exact.proven and exact.unique:
        c = 0.5 * np.abs(exact.pieces.newton(problem, left, np.zeros(len(miss)))[0])
    terms = where(problem.smooth > 0, square, straight)
    return float(terms.sum() + np.abs(left) @ c)


def _in_words(posed: Posed, inside: Inside, exact: Corner | Settled, gap: float) -> str:
    """What was done, what is proven, and what the user must know."""
    way = f"interior point, {inside.n_iter} steps"
    if isinstance(exact, Corner):
        edges = f" and {exact.n_edges} edges" if exact.n_edges else ""
        end = f"{way}{edges} to a corner: the plane goes through {len(exact.basis)} rows"
    else:
        end = f"{way}, then exact on its pieces after {exact.n_iter} rounds" if exact.n_iter else way
    if not exact.proven:
        return f"{way}: no exact answer was reached; the loss is at most {gap:.2g} above its minimum"
    proof = f"proven optimal by its pulls, duality gap {gap:.2g}"
    if posed.rows.dependent:
        return f"{end}; {proof}; columns depend on others, so coefficients of least norm were taken"
    if not exact.unique and (isinstance(exact, Corner) or exact.n_iter):
        return f"{end}; {proof}; it is not the only one: other coefficients cost the same"
    return f"{end}; {proof}"
