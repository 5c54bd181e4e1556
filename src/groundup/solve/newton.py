"""Newton's method: fit a bowl to the place where you stand, and go to its bottom.

    p = -H^-1 g,  parameters <- parameters + t p,  with t = 1 unless the loss would not fall enough

How far there is to go is known before going: the Newton decrement  λ² = g'H^-1 g  is twice the fall of the bowl, and
sqrt(rows) λ is the longest way that any combination of parameters has left, counted in its standard errors. So the
method ends when that is small, whatever the units of the data, and says so in those words.

That alone would be fooled by a loss without a minimum: where the classes are separable, the decrement goes to zero
while the weights run away. But there every further step moves some score by 1 or more. A minimum is proved if

    S λ <= 1/2   with S² = max_i q_i'H^-1 q_i, so that S λ bounds how far any score has left to move

(Bach, Self-concordant analysis for logistic regression, Electronic Journal of Statistics 4 (2010), proposition 2), and
only with this proof does the method say "converged".

Boyd and Vandenberghe, Convex Optimization (2004), section 9.5.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import numpy as np

from groundup._arrays import Array
from groundup.solve.loop import Method, Objective, Point, State, Training

ROUNDING = 2.0**-53
MOST_UNEVEN = 1e9
"""Up to this condition of H its smallest curvature is known with digits to spare."""
UNEVEN = "the curvature is too uneven to be sure"
PROVED = 0.5
"""Below this S λ there is a minimum, and it is near."""


class Curved(Objective, Protocol):
    """An objective with a second derivative that is a matrix."""

    def hessian(self, parameters: Array) -> Array:
        """The second derivative (parameters, parameters)."""
        ...


class Bowl(NamedTuple):
    """L^-1 of a Hessian H = L L', and whether H is surely that of a bowl.

    It is not where rounding may have hidden a direction without curvature.
    """

    inverse: Array
    sure: bool

    def solve(self, g: Array) -> Array:
        """H^-1 g."""
        return self.inverse.T @ (self.inverse @ g)

    def length(self, g: Array) -> float:
        """sqrt(g'H^-1 g): the Newton decrement λ for a gradient g."""
        along = self.inverse @ g
        return math.sqrt(float(along @ along))

    @property
    def spread(self) -> float:
        """A bound on the largest singular value of L^-1."""
        return float(np.linalg.norm(self.inverse))


class EvenBowl(NamedTuple):
    """H of whitened rows as if all rows had one curvature M (k, k) of their scores: M x (Gram matrix) + I x (price).

    The two matrices on the right have the same axes U, and M has the axes V; so H is `values` (features, k) on the
    diagonal there. Parameters are (features, k), row by row.
    """

    U: Array
    V: Array
    values: Array
    sure: bool = True

    def solve(self, g: Array) -> Array:
        """H^-1 g."""
        return (self.U @ (self._along(g) / self.values) @ self.V.T).ravel()

    def length(self, g: Array) -> float:
        """sqrt(g'H^-1 g)."""
        return float(np.linalg.norm(self._along(g) / np.sqrt(self.values)))

    def _along(self, g: Array) -> Array:
        return self.U.T @ g.reshape(self.values.shape) @ self.V

    @property
    def spread(self) -> float:
        """A bound on the largest singular value of L^-1; ten times, since rows do differ."""
        return 10 * float(np.linalg.norm(1 / np.sqrt(self.values)))


class SteepBowl(NamedTuple):
    """All of H along a few axes of the features, and elsewhere that of an `EvenBowl`.

    Where rows are whitened and nearly normal, the curvature of a row depends on its scores alone, so that H differs
    from an even bowl only along the axes U (features, few) that span the coefficients: by Stein's identity, for
    s = U'q,  E[M(s) q q'] = E[M] + U (E[M s s'] - E[M]) U'.
    """

    U: Array
    along: Bowl
    elsewhere: EvenBowl

    @property
    def sure(self) -> bool:
        """Whether it surely is one along the axes."""
        return self.along.sure

    def solve(self, g: Array) -> Array:
        """H^-1 g."""
        G = g.reshape(len(self.U), -1)
        inside = self.U.T @ G
        near = self.U @ self.along.solve(inside.ravel()).reshape(inside.shape)
        far = self.elsewhere.solve((G - self.U @ inside).ravel()).reshape(G.shape)
        return (near + far - self.U @ (self.U.T @ far)).ravel()

    def length(self, g: Array) -> float:
        """sqrt(g'H^-1 g)."""
        return math.sqrt(max(float(g @ self.solve(g)), 0.0))

    @property
    def spread(self) -> float:
        """A bound on the largest singular value of L^-1."""
        return max(10 * self.along.spread, self.elsewhere.spread)


class Newton(Method):
    """p = -H^-1 g, and a step of t p that surely goes down; t is the learning rate, halved while it must be.

    Needs an objective with a Hessian. Near the minimum each step doubles the number of right digits. With
    `nearly(objective, parameters)`, a bowl that is made in less time, it does so where that gives None.

    >>> class Valley:
    ...     def value_and_gradient(self, x):
    ...         return float(np.cosh(x[0])), np.sinh(x)
    ...     def hessian(self, x):
    ...         return np.cosh(x)[:, None]
    >>> here = Point(np.array([1.0]), *Valley().value_and_gradient(np.array([1.0])))
    >>> Newton().step(Valley(), here, None, learning_rate=1.0)[0].round(4)
    array([0.2384])
    """

    default_learning_rate = 1.0

    def __init__(self, nearly: Callable[[Any, Array], Bowl | None] | None = None):
        self.nearly = nearly

    def init(self, parameters: Array) -> Bowl | None:
        """No bowl yet."""
        return None

    def step(self, objective: Any, here: Point, memory: Bowl | None, learning_rate: float) -> tuple[Array, Bowl]:
        """To the bottom of the bowl, or as far towards it as the loss falls."""
        bowl = None if self.nearly is None else self.nearly(objective, here.parameters)
        bowl = bowl_of(objective.hessian(here.parameters)) if bowl is None else bowl
        return descend(objective, here, -bowl.solve(here.gradient), learning_rate), bowl


def bowl_of(H: Array) -> Bowl:
    """L^-1; where rounding has left H without a Cholesky factor, a little is added to its diagonal."""
    scale = np.sqrt(np.maximum(H.diagonal(), np.finfo(float).tiny))
    unit = H / scale / scale[:, None]
    ridge = 0.0
    while True:
        try:
            inverse = _inverse_factor(unit if ridge == 0 else unit + ridge * np.eye(len(unit)))
            break
        except np.linalg.LinAlgError:
            if not np.isfinite(H).all():
                raise
            ridge = max(16 * len(H) * ROUNDING, 100 * ridge)
    sure = ridge == 0 and float((inverse * inverse).sum()) < MOST_UNEVEN
    return Bowl(inverse / scale, sure)


def _inverse_factor(H: Array) -> Array:
    linalg: Any = np.linalg
    return linalg.inv(linalg.cholesky(H))


def descend(objective: Any, here: Point, direction: Array, step: float) -> Array:
    """here + t direction with the first t of step, step/2, step/4, ... at which the loss falls enough.

    Enough is 1/10,000 of what the slope promises (Armijo, 1966); near the minimum the loss cannot show a fall that is
    below its own rounding, and none is asked for.
    """
    slope = float(here.gradient @ direction)
    noise = 32 * ROUNDING * abs(here.value)
    for _ in range(60):
        there = here.parameters + step * direction
        value, _ = objective.value_and_gradient(there)
        if value <= here.value + 1e-4 * step * slope + noise:
            return there
        step /= 2
    return here.parameters


class Settled:
    """Ends Newton's method at a minimum that is proved: a listener for the training that it is given to.

    `tolerance` is in standard errors; `rows` is what the objective has been divided by, for a mean. The objective's
    `longest_row(closely)` is a bound on the length of a row, asked for once or twice, at the end.
    """

    def __init__(self, tolerance: float, rows: float):
        self._longest: dict[bool, float] = {}
        self.tolerance, self.root = tolerance, math.sqrt(rows)
        self.training: Training | None = None
        self.left, self.stuck, self.falls_fast = math.inf, 0, False

    def __call__(self, state: State) -> str | None:
        """The reason to end, in standard errors; `UNEVEN` where these coordinates cannot tell."""
        bowl = None if self.training is None else self.training.memory
        if bowl is None:
            return None
        decrement = bowl.length(state.gradient)
        before, self.left = self.left, self.root * decrement
        self.stuck = self.stuck + 1 if self.left >= before else 0
        self.falls_fast = self.left < before / 4
        at_rounding = self.left <= 1e-6 and self.stuck >= 2
        if not (self.left <= self.tolerance or at_rounding):
            return None
        if not bowl.sure:
            return UNEVEN
        if all(self.reach(bowl, closely) * decrement > PROVED for closely in (False, True)):
            return None
        how = f"after {state.step} Newton steps no coefficient is further than {self.left:.1g} standard errors from"
        return f"converged: {how} the minimum of {state.loss:.6g}"

    def reach(self, bowl: Any, closely: bool) -> float:
        """A bound on S: the longest row times the largest singular value of L^-1."""
        assert self.training is not None
        if closely not in self._longest:
            objective: Any = self.training.objective
            self._longest[closely] = float(objective.longest_row(closely))
        # Two scores of a row are apart by at most sqrt(2) of its length.
        return math.sqrt(2) * self._longest[closely] * bowl.spread


class Trail(NamedTuple):
    """The bowl that was borrowed, the last moves and what they did to the gradient, and the last place.

    Once the decrement is below `due` the bowl is made anew, unless it is below `enough`.
    """

    bowl: Any
    moves: tuple[tuple[Array, Array], ...] = ()
    last: Point | None = None
    due: float = math.nan
    enough: float = math.nan

    @property
    def sure(self) -> bool:
        """Whether the bowl surely is one."""
        return self.bowl.sure

    @property
    def spread(self) -> float:
        """That of the bowl."""
        return self.bowl.spread

    def length(self, g: Array) -> float:
        """That of the bowl."""
        return self.bowl.length(g)

    def solve(self, g: Array) -> Array:
        """B g: by the bowl, mended by the moves."""
        return mended(self.bowl, self.moves, g)


class BorrowedNewton(Method):
    """Newton's method with the bowl of somewhere else, mended on the way: p = -B g with B ~ H^-1.

    B starts as the inverse of a Hessian that costs little, such as that of a part of the rows; each move s that changed
    the gradient by y then teaches it B y = s (L-BFGS; the last ten moves). A step costs one gradient.

    `renew(parameters)` makes a bowl for another place, or None: then it is asked no more. It is asked once the
    decrement is `first_at` of the first, and then at each quarter of the last, until a thousandth of the first, where
    the bowl no longer changes. A new bowl knows its bottom so well that the bend of the way there counts: with
    `third(parameters, p)`, half of the gradient's second derivative along p, p goes on to p - B third (Chebyshev).

    Liu and Nocedal, On the limited memory BFGS method for large scale optimization, Mathematical Programming 45 (1989).
    """

    default_learning_rate = 1.0

    def __init__(
        self,
        bowl: Any,
        renew: Callable[[Array], Any] | None = None,
        first_at: float = 0.25,
        third: Callable[[Array, Array], Array] | None = None,
    ):
        self.bowl, self.renew, self.first_at, self.third = bowl, renew, first_at, third

    def init(self, parameters: Array) -> Trail:
        """No move yet."""
        return Trail(self.bowl)

    def step(self, objective: Any, here: Point, memory: Trail, learning_rate: float) -> tuple[Array, Trail]:
        """Down along -B g."""
        bowl, moves, due, enough = memory.bowl, memory.moves, memory.due, memory.enough
        if self.renew is not None:
            left = bowl.length(here.gradient)
            if math.isnan(due):
                due, enough = self.first_at * left, left / 1000
            if enough < left <= due:
                better = self.renew(here.parameters)
                bowl, moves = (bowl, moves) if better is None else (better, ())
                due, enough = left / 4, math.inf if better is None else enough
        if memory.last is not None and bowl is memory.bowl:
            s, y = here.parameters - memory.last.parameters, here.gradient - memory.last.gradient
            if float(s @ y) > 1e-10 * math.sqrt(float(s @ s) * float(y @ y)):
                moves = (*moves[-9:], (s, y))
        direction = -mended(bowl, moves, here.gradient)
        if self.third is not None and bowl is not memory.bowl:
            bent = self.third(here.parameters, direction)
            if bowl.length(bent) <= bowl.length(here.gradient) / 2:
                direction = direction - bowl.solve(bent)
        return descend(objective, here, direction, learning_rate), Trail(bowl, moves, here, due, enough)


def mended(bowl: Any, moves: tuple[tuple[Array, Array], ...], g: Array) -> Array:
    """B g by the two loops of L-BFGS, with the bowl's inverse in the middle."""
    left, shares = g, list[float]()
    for s, y in reversed(moves):
        shares.append(float(s @ left) / float(s @ y))
        left = left - shares[-1] * y
    found = bowl.solve(left)
    for (s, y), share in zip(moves, reversed(shares), strict=True):
        found = found + (share - float(y @ found) / float(s @ y)) * s
    return found
