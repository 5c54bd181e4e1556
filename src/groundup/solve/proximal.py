"""Newton's method where the price of weights has a kink at zero: the lasso for any smooth cost.

    minimise   f(u) + Σ price_j |u_j|

At each place f is a bowl, f + g'(v - u) + (v - u)'H(v - u) / 2, and the bowl with its prices is solved exactly: one
coordinate at a time goes to its own minimum, and once it is known which coordinates are zero and which side the others
are on, those others solve a linear system. Coordinates that are zero at the end are zero exactly.

Lee, Sun and Saunders, Proximal Newton-type methods for minimizing composite functions, SIAM Journal on Optimization 24
(2014); Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via coordinate descent,
Journal of Statistical Software 33 (2010).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.loop import Method, Point, State, Training
from groundup.solve.untyped import where

LINALG: Any = np.linalg
SWEEPS = 400
HELD, MOST_HOLDS = 1e-6, 12
"""How much of the steepest bend holds a step back where the bowl is a valley, and how many such steps there are."""
NOISE = 2.0**-40
"""A fall by less than this share of the value may be rounding."""


def kinked_bowl(H: Array, g: Array, u: Array, price: Array) -> Array:
    """The v that minimises g'(v - u) + (v - u)'H(v - u) / 2 + Σ price |v|, for H without negative curvature.

    Without a price it is u - H^-1 g; with H = 1 it is the soft threshold of u - g.

    >>> kinked_bowl(np.eye(2), np.array([0.0, 0.0]), np.array([3.0, 0.5]), np.array([1.0, 1.0]))
    array([2., 0.])
    """
    v, done = _swept(H, g, u, price)
    if done or not H.any():
        return v
    # A valley along whose bottom only the prices slope. With a little of the way as a price too, it is a bowl; and from
    # where that leads, again with less. Each such step goes down.
    held = HELD * float(H.diagonal().max()) * np.eye(len(v))
    for _ in range(MOST_HOLDS):
        before, (v, _) = v, _swept(H + held, g + H @ (v - u), v, price)
        if np.abs(v - before).max() <= 2.0**-45 * np.abs(v).max():
            break
        held /= 4
    return v


def off(H: Array, g: Array, u: Array, v: Array, price: Array) -> float:
    """How far v is from the bottom of that bowl, coordinate by coordinate: sqrt(Σ slope² / H_jj), prices included.

    >>> off(np.eye(2), np.array([0.0, 0.0]), np.array([3.0, 0.5]), np.array([2.0, 0.0]), np.array([1.0, 1.0]))
    0.0
    """
    slope, bend = g + H @ (v - u), H.diagonal()
    left = where(v != 0, slope + price * np.sign(v), np.maximum(np.abs(slope) - price, 0.0))
    return math.sqrt(float((left**2 / np.maximum(bend, 2.0**-40 * bend.max(initial=2.0**-900))).sum()))


def _swept(H: Array, g: Array, u: Array, price: Array) -> tuple[Array, bool]:
    """One coordinate at a time, then all that are not zero at once; and whether that is the minimum for certain."""
    v, slope, bend = u.copy(), g.copy(), H.diagonal()
    movable = np.flatnonzero(bend > 0)
    for sweep in range(SWEEPS):
        moved = 0.0
        for j in movable:
            z = v[j] - slope[j] / bend[j]
            new = math.copysign(max(abs(z) - price[j] / bend[j], 0.0), z)
            if new != v[j]:
                moved = max(moved, (new - v[j]) ** 2 * bend[j])
                slope += H[:, j] * (new - v[j])
                v[j] = new
        if sweep % 4 == 0:
            v, done = _on_its_sides(H, v, slope, price)
            if done:
                return v, True
            slope = g + H @ (v - u)
        elif moved <= 1e-28:
            break
    return v, False


def _on_its_sides(H: Array, v: Array, slope: Array, price: Array) -> tuple[Array, bool]:
    """As far towards the minimum with every coordinate on its side as none changes sides; whether that is the minimum.

    Where columns depend on each other the bowl is a valley, and only the prices slope along its bottom: then the way is
    down that slope, until the first coordinate is zero.
    """
    held = (v == 0) & (price > 0)
    some, toll = np.flatnonzero(~held), price * np.sign(v)
    step, paid = np.zeros((2, len(v)))
    pulls = np.stack((slope + toll, toll))[:, some]
    ways, _, rank, _ = LINALG.lstsq(H[np.ix_(~held, ~held)], -pulls.T, rcond=1e-13)
    step[some], paid[some] = ways.T
    # A long step, between columns that are nearly the same, leaves rounding that is no slope. Along the bottom the
    # bowl itself has none: what is left of its slope there is rounding too, and no price would end a walk on it.
    rounding = 1e-12 * (np.abs(slope).max(initial=0.0) + price.max(initial=0.0))
    rounding += 2.0**-48 * float((np.abs(H) @ np.abs(step)).max(initial=0.0))
    flat = (toll + H @ paid)[some]
    least = 1e-12 * price.max(initial=0.0) + 2.0**-48 * float((np.abs(H) @ np.abs(paid)).max(initial=0.0))
    valley = bool(rank < len(some) and np.abs(flat).max(initial=0.0) > least)
    if valley:
        step[some] = -flat
    crossing = np.full_like(v, np.inf)
    towards = (np.sign(v) * np.sign(step) < 0) & (price > 0)
    with np.errstate(over="ignore"):  # a step of next to nothing crosses at infinity
        crossing[towards] = -v[towards] / step[towards]
    far = crossing.min(initial=np.inf)
    if valley and far == np.inf:
        return v, False
    there = v + min(far, np.inf if valley else 1.0) * step
    there[crossing <= (far if valley or far < 1 else -1.0)] = 0.0
    left = slope + H @ (there - v)
    fits = bool(np.all(np.abs(left[held]) <= price[held] + rounding))
    return there, fits and not valley and far >= 1


class Kinked(NamedTuple):
    """What a step remembers: sqrt(p'Hp) for the whole step p, and how far from the bottom of its bowl that ends."""

    decrement: float
    off: float


class ProximalNewton(Method):
    """p = (minimum of the bowl with its prices) - u, and a step of t p that surely goes down.

    Needs an objective with `hessian`, `smooth` (value and gradient without the kinks) and `prices`.
    """

    default_learning_rate = 1.0

    def init(self, parameters: Array) -> Kinked | None:
        """No bowl yet."""
        return None

    def step(self, objective: Any, here: Point, memory: Any, learning_rate: float) -> tuple[Array, Kinked]:
        """To the bottom, or as far towards it as the objective falls."""
        u, price = here.parameters, objective.prices
        _, g = objective.smooth(u)
        H = objective.hessian(u)
        v = kinked_bowl(H, g, u, price)
        p = v - u
        promise = float(g @ p) + float(np.sum(price * (np.abs(u + p) - np.abs(u))))
        # Where no row bends the bowl the step counts by what it promises, as far as that is more than rounding.
        squared = max(float(p @ H @ p), -promise if -promise > NOISE * abs(here.value) else 0.0)
        memory = Kinked(math.sqrt(squared), off(H, g, u, v, price))
        return _descend(objective, here, p, promise, learning_rate), memory


def _descend(objective: Any, here: Point, p: Array, promise: float, step: float) -> Array:
    """here + t p for the first t of step, step/2, ... with at least 1/10,000 of the fall that was promised."""
    noise = 2.0**-48 * abs(here.value)
    for _ in range(60):
        there = here.parameters + step * p
        if objective.value_and_gradient(there)[0] <= here.value + 1e-4 * step * promise + noise:
            return there
        step /= 2
    return here.parameters


class KinkSettled:
    """Ends the method when the last step was shorter than `tolerance` standard errors: a listener."""

    def __init__(self, tolerance: float, rows: float):
        self.tolerance, self.root = tolerance, math.sqrt(rows)
        self.training: Training | None = None

    def __call__(self, state: State) -> str | None:
        """The reason to end."""
        last = None if self.training is None else self.training.memory
        if last is None or self.root * max(last.decrement, last.off) > self.tolerance:
            return None
        return (
            f"converged: after {state.step} proximal Newton steps the last one was {self.root * last.decrement:.1g} "
            f"standard errors long, at the minimum of {state.loss:.6g}"
        )
