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

MOST_PRODUCTS = 250
FEW_PARAMETERS = 100
"""Up to so many parameters the Hessian is written down, column by column: flat valleys then cost no digits."""

FLAT = 1e-14
"""So small a curvature, in the units of the diagonal, is none: such as that of all classes' weights moved together."""


class Bent(NamedTuple):
    """The second derivative at one place: v -> H v, and the diagonal of H."""

    times: Callable[[Array], Array]
    diagonal: Array


class Curved(Protocol):
    """An objective that can be bent once and multiplied often."""

    def bent(self, parameters: Array) -> Bent:
        """The second derivative there."""
        ...

    def value(self, parameters: Array) -> float:
        """The objective."""
        ...


class Start(NamedTuple):
    """The length of the first gradient, by which later ones are measured."""

    norm: float


class NewtonCG(Method):
    """w ← w - t p with H p ≈ g: t is 1, halved until the value falls by at least 1e-4 t g'p.

    For convex smooth objectives with `bent(parameters)`; a rate below 1 shortens every step.
    """

    def init(self, parameters: Array) -> Start:
        """No gradient has been seen."""
        return Start(0.0)

    def step(self, objective: Any, here: Point, memory: Start, learning_rate: float) -> tuple[Array, Start]:
        """To the bottom of the bowl, or as far towards it as the value falls."""
        g, H = here.gradient, objective.bent(here.parameters)
        norm = math.sqrt(float(np.dot(g, g / np.where(H.diagonal > 0, H.diagonal, 1.0))))
        first = memory.norm or norm
        enough = min(0.5, math.sqrt(norm / first)) * norm if first > 0 else 0.0
        p = exact_bottom(H, g) if len(g) <= FEW_PARAMETERS else bottom(H, g, enough)
        fall, t = float(np.dot(g, p)), learning_rate
        rounding = 1e-15 * abs(here.value)
        while objective.value(here.parameters - t * p) > here.value - 1e-4 * t * fall + rounding and t > 1e-10:
            t /= 2
        return here.parameters - t * p, Start(first)


def exact_bottom(H: Bent, g: Array) -> Array:
    """p with H p = g, in the units of the diagonal; where H is flat, the shortest p.

    >>> H = Bent(lambda v: np.array([2.0, 4.0]) * v, np.array([2.0, 4.0]))
    >>> exact_bottom(H, np.array([2.0, 8.0]))
    array([1., 2.])
    """
    scale = 1 / np.sqrt(np.where(H.diagonal > 0, H.diagonal, 1.0))
    columns = np.array([scale * H.times(scale * one) for one in np.eye(len(g))])
    values, turns = np.linalg.eigh((columns + columns.T) / 2)
    kept = values > len(g) * 1e-16 * values[-1]
    along = np.where(kept, turns.T @ (scale * g) / np.where(kept, values, 1.0), 0.0)
    return scale * (turns @ along)


def bottom(H: Bent, g: Array, enough: float) -> Array:
    """p with |H p - g| <= enough, by conjugate gradients; both in the units of the diagonal.

    >>> H = Bent(lambda v: np.array([2.0, 4.0]) * v, np.array([2.0, 4.0]))
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
