"""Newton's method without a matrix: the bowl's bottom is found by conjugate gradients.

    H p = -g, as far as it pays;   parameters <- parameters + t p

For many features a Hessian is too large to write down, but H v is two passes over the rows. Each step of conjugate
gradients takes one such product, and far from the minimum a few are enough: they end once |H p + g| is below
min(1/2, sqrt(|g| / |g at the start|)) |g|, so the error of Newton's method still falls faster than any straight line.
Lengths count in the units of H's diagonal, which makes rare and frequent features alike, and large and small ones.

Nocedal and Wright, Numerical Optimization (2006), algorithm 7.1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import numpy as np

from groundup._arrays import Array
from groundup.solve.loop import Method, Point
from groundup.solve.lsqr import Product
from groundup.solve.seminormal import Bottom, seminormal

MOST_PRODUCTS = 250
MOST_STEPS = 1_000
EXACT, SOLVED = 1e-12, 1e-6
"""So small a share of the slope is left of it where the way to the bottom is asked for: with few parameters, and many.

A flat direction has a small share of the slope, and is not seen before the rest is gone. Where one is found, there may
be more: then with many parameters it is the former share, too.
"""
UNEVEN = 1e-4
"""The root of a curvature, in the units of the diagonal, that is called flat."""
CANCELLED = 1e-11
"""Where rounding moves scores by more than this, large weights cancel: they stand along a flat direction."""
FEW_PARAMETERS = 100
"""Up to so many parameters every step goes to the very bottom: flat valleys then cost no digits."""

FLAT = 1e-14
"""So small a curvature, in the units of the diagonal, is none: such as that of all classes' weights moved together."""


class Root(NamedTuple):
    """A with A'A = H: v -> A v, and u -> A'u."""

    along: Product
    back: Product


class Bent(NamedTuple):
    """The second derivative at one place: v -> H v, the diagonal of H, and what makes its root."""

    times: Product
    diagonal: Array
    root: Callable[[], Root]


class Rounding(NamedTuple):
    """What may be rounding: in each slope, in the value, and in the scores, these as the bowl measures them."""

    slope: Array
    value: float
    scores: float


class Way(NamedTuple):
    """p with H p = g; root(g'p), the length of the way as the bowl measures it; which share of g is left; what may be
    rounding, of the slope in the units of the diagonal, and of the scores; and the root of the least curvature met.
    """

    step: Array
    length: float
    left: float
    noise: float
    scores: float
    flattest: float
    bottomless: bool
    """Whether part of the slope, more than rounding, lies where nothing bends."""


class Curved(Protocol):
    """An objective that can be bent once and multiplied often."""

    def bent(self, parameters: Array) -> Bent:
        """The second derivative there."""
        ...

    def value(self, parameters: Array) -> float:
        """The objective."""
        ...

    def way(self, parameters: Array) -> Way:
        """To the bottom of the bowl there, flat directions included."""
        ...

    def knows(self, parameters: Array) -> bool:
        """Whether somebody has asked for the way from there."""
        ...

    def rounding(self, parameters: Array) -> Rounding:
        """What may be rounding there."""
        ...


class Start(NamedTuple):
    """The length of the first gradient, by which later ones are measured."""

    norm: float


class NewtonCG(Method):
    """w ← w - t p with H p ≈ g: t is 1, halved until the value falls by at least 1e-4 t g'p.

    For convex smooth objectives that are `Curved`; a rate below 1 shortens every step.
    """

    def init(self, parameters: Array) -> Start:
        """No gradient has been seen."""
        return Start(0.0)

    def step(self, objective: Any, here: Point, memory: Start, learning_rate: float) -> tuple[Array, Start]:
        """To the bottom of the bowl, or as far towards it as the value falls."""
        at, first = here.parameters, memory.norm
        if len(at) <= FEW_PARAMETERS or objective.knows(at):
            p = objective.way(at).step
        else:
            p, first = _nearly(objective, here, first)
        fall, t = float(np.dot(here.gradient, p)), learning_rate
        allowed = 1e-15 * abs(here.value)
        if objective.value(at - t * p) > here.value - 1e-4 * t * fall + allowed:
            allowed += objective.rounding(at).value
            while objective.value(at - t * p) > here.value - 1e-4 * t * fall + allowed and t > 1e-10:
                t /= 2
        return at - t * p, Start(first)


def _nearly(objective: Any, here: Point, first: float) -> tuple[Array, float]:
    """P as far as it pays, and the length of the first gradient."""
    g, H = here.gradient, objective.bent(here.parameters)
    norm = math.sqrt(float(np.dot(g, g / np.where(H.diagonal > 0, H.diagonal, 1.0))))
    first = first or norm
    return bottom(H, g, min(0.5, math.sqrt(norm / first)) * norm if first > 0 else 0.0), first


def way(H: Bent, g: Array, wrong: Rounding) -> Way:
    """The shortest p with H p = g, in the units of the diagonal, as far as rounding lets one see.

    >>> A = np.array([[1.0, 0.0], [2.0, 0.5]])
    >>> H = Bent(lambda v: A.T @ (A @ v), (A * A).sum(axis=0), lambda: Root(lambda v: A @ v, lambda u: A.T @ u))
    >>> way(H, A.T @ A @ np.array([1.0, -2.0]), Rounding(np.zeros(2), 0.0, 0.0)).step.round(12)
    array([ 1., -2.])
    """
    unit = 1 / np.sqrt(np.where(H.diagonal > 0, H.diagonal, 1.0))
    along, back = H.root()
    slope, noise = unit * g, unit * wrong.slope
    size, rounding = (math.sqrt(float(x @ x)) for x in (slope, noise))
    few = len(g) <= FEW_PARAMETERS

    def solved(share: float) -> Bottom:
        enough = max(share * size, 1e-2 * rounding)
        return seminormal(lambda v: along(unit * v), lambda u: unit * back(u), slope, enough, MOST_STEPS)

    found = solved(EXACT if few else SOLVED)
    if not few and (found.flattest <= UNEVEN or wrong.scores > CANCELLED):
        found = solved(EXACT)
    left = found.left / size if found.left > max(SOLVED * size, rounding) else 0.0
    return Way(
        unit * found.x,
        found.length,
        left,
        max(rounding, found.left),
        wrong.scores,
        found.flattest,
        found.unseen > 8 * rounding,
    )


def bottom(H: Bent, g: Array, enough: float) -> Array:
    """p with |H p - g| <= enough, by conjugate gradients; both in the units of the diagonal.

    >>> H = Bent(lambda v: np.array([2.0, 4.0]) * v, np.array([2.0, 4.0]), lambda: Root(abs, abs))
    >>> bottom(H, np.array([2.0, 8.0]), 1e-12)
    array([1., 2.])
    """
    scale = 1 / np.where(H.diagonal > 0, H.diagonal, 1.0)
    p, r = np.zeros_like(g), g.copy()
    q = scale * r
    direction, size = q, float(np.dot(r, q))
    for _ in range(MOST_PRODUCTS):
        if math.sqrt(size) <= enough:
            break
        bent = H.times(direction)
        along = float(np.dot(direction, bent))
        # No curvature this way, but for rounding: what was found so far is a way down.
        if along <= FLAT * float(np.dot(direction, direction / scale)):
            return p if p.any() else q
        p = p + size / along * direction
        r = r - size / along * bent
        q = scale * r
        size, before = float(np.dot(r, q)), size
        direction = q + size / before * direction
    return p
