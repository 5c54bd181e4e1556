"""Newton's method with a price on weights for rows that are mostly zeros: one weight at a time, from its column alone.

    minimise   f(X W + b) + l2/2 Σ w² + l1 Σ |w|

At each place f is a bowl. For a step D of the weights and c of the bias, scores move by S = X D + 1 c', and with the
bend M_i of row i (outputs, outputs) the slope for weight (j, k) is

    slope_jk + l2 d_jk + Σ_i x_ij (M_i S_i)_k

A weight goes to its own minimum, and what its column moves is carried along. For a single output, entries are given as
x_ij sqrt(M_i), so that M_i is 1. The bias is always at its best place: with
N = Σ M_i and the mean m_jk = Σ_i x_ij M_i e_k of a column, moving d_jk by 1 moves c by -N^-1 m_jk, so that columns
count as centred, and nothing is made dense. Only weights that are not 0, or whose slope exceeds l1, take part: the next
bowl will bring in others. All that a sweep reads are the entries of their columns.

Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via coordinate descent, Journal of
Statistical Software 33 (2010); Yuan, Ho and Lin, An improved GLMNET for l1-regularized logistic regression, JMLR 13
(2012).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled.columns import compiled_sweep
from groundup.solve.loop import Method, Point, State, Training
from groundup.solve.newton_cg import FLAT
from groundup.solve.untyped import where

LINALG: Any = np.linalg
SWEEPS = 1000
SLOW = 0.35
"""A sweep that moves more than this share of what the one before moved is slow."""
MOST_PRODUCTS = 100
CERTAIN = 1e-6
"""Above so large a gap, as a share of the value, a short step proves nothing."""
MANY_ENTRIES = 100_000
"""From so many entries of columns on, machine code is worth its start."""


class Bends(NamedTuple):
    """The bend of each row, diag(own) - across across': own (rows, outputs), across the same or None for none."""

    own: Array
    across: Array | None

    def times(self, S: Array) -> Array:
        """M_i S_i for each row."""
        if self.across is None:
            return self.own * S
        return self.own * S - self.across * (self.across * S).sum(axis=1, keepdims=True)


class ColumnBowl(NamedTuple):
    """A bowl with prices over some weights (features, outputs), and how far one has come on the way to its bottom."""

    X: Any
    """The columns of these features, in compressed columns."""
    bends: Bends
    slope: Array
    """Of the smooth part where the bowl touches it, the bias at its best place."""
    bend: Array
    """How a weight alone bends it, the bias going along; 0 for weights that stay."""
    mean: Array
    """(features, outputs, biases): Σ_i x_ij M_i e_k; without a bias there are none."""
    pull: Array
    """N^-1 mean."""
    start: Array
    l1: float
    l2: float
    W: Array
    """Where the weights are now."""
    moved: Array
    """M_i (X D)_i (rows, outputs)."""
    bias: Array
    """How far the bias has gone along."""

    def along(self, D: Array) -> tuple[Array, Array]:
        """H D, the bias going along, and M_i (X D)_i."""
        moved = self.bends.times(self.X @ D)
        return self.X.T @ moved - self.mean @ self._pulled(D) + self.l2 * D, moved

    def go_to(self, W: Array, moved: Array) -> None:
        """Stand at these weights, where M_i (X D)_i is known."""
        self.W[:], self.moved[:] = W, moved
        self.bias[:] = -self._pulled(W - self.start)

    def _pulled(self, D: Array) -> Array:
        return np.einsum("jkb,jk->b", self.pull, D)


def sweep(bowl: ColumnBowl, order: Array) -> float:
    """Each of these weights, numbered through, to its own minimum; returns Σ step² bend. W, moved and bias change.

    >>> import scipy.sparse
    >>> X, none, one = scipy.sparse.csc_array(np.array([[1.0], [2.0]])), np.zeros((1, 1, 0)), np.array([[0.0]])
    >>> bowl = ColumnBowl(
    ...     X, Bends(np.ones((2, 1)), None), np.array([[-6.0]]), np.array([[5.0]]), none, none, one, 1.0, 0.0,
    ...     one.copy(), np.zeros((2, 1)), np.zeros(0),
    ... )
    >>> float(sweep(bowl, np.array([0]))), bowl.W.ravel(), bowl.moved.ravel()  # (6 - 1) / 5
    (5.0, array([1.]), array([1., 2.]))
    """
    (own, across), outputs, total = bowl.bends, bowl.W.shape[1], 0.0
    starts, rows, values = bowl.X.indptr, bowl.X.indices, bowl.X.data
    for at in order.tolist():
        j, k = divmod(at, outputs)
        bend, w = bowl.bend[j, k], bowl.W[j, k]
        i, x = rows[starts[j] : starts[j + 1]], values[starts[j] : starts[j + 1]]
        slope = bowl.slope[j, k] + bowl.l2 * (w - bowl.start[j, k]) + x @ bowl.moved[i, k] + bowl.mean[j, k] @ bowl.bias
        z = w - slope / bend
        step = math.copysign(max(abs(z) - bowl.l1 / bend, 0.0), z) - w
        if step == 0:
            continue
        bowl.W[j, k] += step
        bowl.moved[i, k] += step * x * own[i, k]
        if across is not None:
            bowl.moved[i] -= (step * x * across[i, k])[:, None] * across[i]
        bowl.bias[:] -= bowl.pull[j, k] * step
        total += step * step * bend
    return total


def bottom(bowl: ColumnBowl, share: float) -> float:
    """Sweeps until one moves less than this share of what the first moved; returns the share that was reached.

    Between two sweeps of all weights come some of those that are not 0. Where columns nearly agree, sweeps are slow;
    then conjugate gradients go to where the weights that are not 0 belong.
    """
    one_at_a_time = _compiled(bowl) or partial(sweep, bowl)

    def go(order: Array) -> float:
        moved = one_at_a_time(order)
        if bowl.bends.across is not None:
            level(bowl.W, bowl.l1, bowl.l2)
        return moved

    able, weights = np.flatnonzero(bowl.bend.ravel() > 0), bowl.W.ravel()
    first = last = go(able)
    done = 1
    while last > max(share * share * first, _noise(bowl)) and done < SWEEPS:
        enough, before = max(share * share * first, 1e-2 * last, _noise(bowl)), last
        while before > enough and done < SWEEPS:
            inside = go(able[weights[able] != 0])
            done += 1
            if inside > max(SLOW * before, 4 * enough):
                straighten(bowl, share)
                break
            before = inside
        last = go(able)
        done += 1
    return math.sqrt(last / first) if first > 0 else 0.0


def level(W: Array, l1: float, l2: float) -> None:
    """Take from all weights of a feature what they need not share: a softmax does not see it, only their price does.

    Σ_k l1 |w_k - c| + l2/2 (w_k - c)² is least where c is the median, or with l2 the root of its slope; where many c
    are as good, the one nearest to 0. One weight at a time gets there in thousands of sweeps.

    >>> W = np.array([[3.0, 2.0, 0.5], [0.0, 0.0, 4.0]])
    >>> level(W, 1.0, 0.0)
    >>> W.tolist()
    [[1.0, 0.0, -1.5], [0.0, 0.0, 4.0]]
    """
    K = W.shape[1]
    some = np.flatnonzero(2 * (W != 0).sum(axis=1) >= K)
    if not len(some):
        return
    ordered: Any = np.sort(W[some], axis=1)
    if l2 == 0:
        low, high = ordered[:, (K - 1) // 2], ordered[:, K // 2]
        W[some] -= np.minimum(np.maximum(low, 0.0), high)[:, None]
        return
    # Between two neighbours the slope, l1 (below - above) + l2 (K c - Σ w), is a straight line in c.
    signs = np.array(range(-K, K + 1, 2))
    roots: Any = ordered.mean(axis=1, keepdims=True) - l1 * signs / (l2 * K)
    ends: Any = np.full((len(some), 1), np.inf)
    low, high = np.hstack([-ends, ordered]), np.hstack([ordered, ends])
    inside: Array = where(roots < low, low, where(roots > high, high, roots))
    away = inside[:, :, None] - ordered[:, None, :]
    best = np.argmin((l1 * np.abs(away) + 0.5 * l2 * away * away).sum(axis=2), axis=1)
    W[some] -= inside[np.arange(len(some)), best][:, None]


def _noise(bowl: ColumnBowl) -> float:
    """What a sweep moves by rounding alone."""
    return float((bowl.bend * bowl.W * bowl.W).sum()) * 2.0**-100


def straighten(bowl: ColumnBowl, share: float) -> None:
    """All weights that are not 0 at once to the bottom for their signs; what comes beyond 0 on the way stays there.

    By conjugate gradients in the units of the bends, until the slope has fallen to that share. Where too much came
    beyond 0 for the bowl and its prices to fall, half the way is tried, and so on; in the end nothing moves.
    """
    on = (bowl.W != 0) & (bowl.bend > 0)
    D, signs, unit = bowl.W - bowl.start, np.sign(bowl.W), np.where(on, 1 / np.where(on, bowl.bend, 1.0), 0.0)
    bent, _ = bowl.along(D)
    r = -(bowl.slope + bent + bowl.l1 * signs) * on
    step, q = np.zeros_like(D), unit * r
    size = first = float((r * q).sum())
    direction = q
    for _ in range(MOST_PRODUCTS):
        if size <= share * share * first:
            break
        product, _ = bowl.along(direction)
        curved = float((direction * product).sum())
        if curved <= FLAT * float((direction * direction * bowl.bend).sum()):
            break
        step = step + size / curved * direction
        r = r - size / curved * product * on
        q = unit * r
        size, before = float((r * q).sum()), size
        direction = q + size / before * direction
    here = _cost(bowl, bowl.W, bent)
    for _ in range(6):
        there = np.where((bowl.W + step) * signs > 0, bowl.W + step, 0.0)
        bent, moved = bowl.along(there - bowl.start)
        if _cost(bowl, there, bent) <= here:
            bowl.go_to(there, moved)
            return
        step = step / 2


def _cost(bowl: ColumnBowl, W: Array, bent: Array) -> float:
    """The bowl with its prices at W, where H D is known."""
    D = W - bowl.start
    return float((D * (bowl.slope + 0.5 * bent)).sum()) + bowl.l1 * float(np.abs(W).sum())


def _compiled(bowl: ColumnBowl) -> Callable[[Array], float] | None:
    """The same sweep in machine code, where there is numba and enough to do."""
    one = bowl.W.shape[1] == 1 and bowl.bends.across is None
    code = compiled_sweep(one) if len(bowl.X.data) >= MANY_ENTRIES else None
    if code is None:
        return None
    (own, across), rows = bowl.bends, bowl.X.indices
    rows = rows.view(f"u{rows.itemsize}")  # a number that cannot be negative needs no question whether it is
    shape = (
        bowl.X.indptr, rows, bowl.X.data, bowl.slope, bowl.bend, bowl.mean, bowl.pull, bowl.start, bowl.l1, bowl.l2,
        bowl.W, bowl.moved, bowl.bias,
    )  # fmt: skip
    more = () if one else (own, own if across is None else across, across is not None)
    return lambda order: code(order, *shape, *more)


class Swept(NamedTuple):
    """What a step remembers: sqrt(p'Hp) for the whole step p, and about how much of the way is left after it."""

    length: float
    left: float


class ColumnNewton(Method):
    """To the bottom of the bowl with its prices, nearly, and a step of t p that surely goes down.

    The first bowls are left at a tenth of the way, later ones at the share that Newton's method itself can use. What is
    left is that share of the step, and the share by which the next one will be shorter: at most the last such share.
    Needs an objective with `kinked_bowl(point)`, `scores(parameters)`, `reach(bowl)` and `value_at(place, scores)`.
    """

    default_learning_rate = 1.0

    def init(self, parameters: Array) -> Swept | None:
        """No step yet."""
        return None

    def step(self, objective: Any, here: Point, memory: Swept | None, learning_rate: float) -> tuple[Array, Swept]:
        """To the bottom, or as far towards it as the objective falls."""
        bowl = objective.kinked_bowl(here)
        share = bottom(bowl, 0.1 if memory is None else min(0.1, max(1e-3, memory.length)))
        p, along, curved = objective.reach(bowl)
        length = math.sqrt(max(curved, 0.0))
        shorter = math.inf if memory is None or length >= memory.length else length / memory.length
        z, promise = objective.scores(here.parameters), objective.promise(here, p)
        t, noise = learning_rate, 2.0**-48 * abs(here.value)
        for _ in range(60):
            there = here.parameters + t * p
            if objective.value_at(there, z + t * along) <= here.value + 1e-4 * t * promise + noise:
                return there, Swept(length, length * (share + shorter) if t == 1 else length)
            t /= 2
        return here.parameters, Swept(length, length)


class ColumnsSettled:
    """Ends the method when less than `tolerance` standard errors are left, and the gap says so too: a listener.

    The bound on the value says that no weight that is 0 ought not to be.
    """

    def __init__(self, tolerance: float, rows: float):
        self.tolerance, self.root = tolerance, math.sqrt(rows)
        self.training: Training | None = None

    def __call__(self, state: State) -> str | None:
        """The reason to end."""
        last = None if self.training is None else self.training.memory
        if last is None or self.root * last.left > self.tolerance:
            return None
        gap = state.gap
        if gap > CERTAIN * abs(state.loss):
            return None
        proof = "" if math.isnan(gap) else f", at most {gap:.1g} above it (duality gap)"
        return (
            f"converged: after {state.step} proximal Newton steps about {self.root * last.left:.1g} standard errors "
            f"from the minimum of {state.loss:.6g}{proof}"
        )
