"""How far to go: a step that falls enough and that has left the steep part behind.

Along a direction p from x, with f(t) the objective at x + t p, the strong Wolfe conditions ask for

    f(t) ≤ f(0) + c1 t f'(0)      enough fall for the way
    |f'(t)| ≤ c2 |f'(0)|          not so near that it is still steep

With them every quasi-Newton update has positive curvature. First steps are doubled until a minimum is enclosed, then
cubics through both ends, kept away from the ends, close in on it.

Nocedal and Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array

MOST_LOOKS = 40
ROUNDING = 2.0**-52


class Step(NamedTuple):
    """A length t, the value there, the slope along the direction there, and the gradient there."""

    length: float
    value: float
    slope: float
    gradient: Array


Look = Callable[[float], Step]


def along(value_and_gradient: Callable[[Array], tuple[float, Array]], x: Array, p: Array) -> Look:
    """What the objective looks like at x + t p.

    >>> look = along(lambda x: (float(x @ x), 2 * x), np.array([1.0]), np.array([-1.0]))
    >>> look(0.5)[:3]
    (0.5, 0.25, -1.0)
    """

    def look(t: float) -> Step:
        with np.errstate(over="ignore", invalid="ignore"):
            value, gradient = value_and_gradient(x + t * p)
            return Step(t, float(value), float(np.dot(gradient, p)), gradient)

    return look


def wolfe(look: Look, start: Step, first: float = 1.0, *, c1: float = 1e-4, c2: float = 0.9) -> Step:
    """A step for which the strong Wolfe conditions hold; the lowest one seen where rounding leaves none.

    `start` is the step of length 0, with a negative slope; `first` is the length that is tried first. The step handed
    back has length 0 where nothing lower was found.

    >>> look = along(lambda x: (float(x @ x), 2 * x), np.array([1.0]), np.array([-1.0]))
    >>> wolfe(look, look(0.0), first=8.0, c2=0.1).length
    1.0
    """
    low, t = start, first
    for _ in range(MOST_LOOKS):
        here = look(t)
        if not math.isfinite(here.value) or not math.isfinite(here.slope):
            return _zoom(look, start, low, here, c1, c2)
        if _falls_enough(start, here, c1) and abs(here.slope) <= -c2 * start.slope:
            return here
        if not _falls_enough(start, here, c1) or (low is not start and here.value >= low.value):
            return _zoom(look, start, low, here, c1, c2)
        if here.slope >= 0:
            return _zoom(look, start, here, low, c1, c2)
        low, t = here, 2.0 * t
    return low


def _falls_enough(start: Step, here: Step, c1: float) -> bool:
    """The first condition; where values differ by rounding only, it is asked of the slopes.

    Hager and Zhang, A new conjugate gradient method with guaranteed descent, SIAM J. Optimization 16 (2005), (T2).
    """
    if here.value <= start.value + c1 * here.length * start.slope:
        return True
    rounding = 4 * ROUNDING * abs(start.value)
    return abs(here.value - start.value) <= rounding and (2 * c1 - 1) * start.slope >= here.slope


def _zoom(look: Look, start: Step, low: Step, high: Step, c1: float, c2: float) -> Step:
    """Between `low`, the best so far, falling towards `high`, and `high`, which is too far."""
    for _ in range(MOST_LOOKS):
        here = look(_between(low, high))
        if not math.isfinite(here.value) or not _falls_enough(start, here, c1) or here.value > low.value:
            high = here
        elif abs(here.slope) <= -c2 * start.slope:
            return here
        else:
            if here.slope * (high.length - low.length) >= 0:
                high = low
            low = here
        if abs(high.length - low.length) <= ROUNDING * max(low.length, high.length):
            break
    return low


def _between(low: Step, high: Step) -> float:
    """Where the cubic through both values and slopes is least, at least a tenth of the way from either end."""
    a, b = low.length, high.length
    middle = 0.5 * (a + b)
    if not (math.isfinite(high.value) and math.isfinite(high.slope)):
        return 0.9 * a + 0.1 * b
    d1 = low.slope + high.slope - 3 * (low.value - high.value) / (a - b)
    square = d1 * d1 - low.slope * high.slope
    if not square >= 0:
        return middle
    d2 = math.copysign(math.sqrt(square), b - a)
    bottom = high.slope - low.slope + 2 * d2
    t = b - (b - a) * (high.slope + d2 - d1) / bottom if bottom != 0 else middle
    near, far = a + 0.1 * (b - a), b - 0.1 * (b - a)
    return min(max(t, min(near, far)), max(near, far)) if math.isfinite(t) else middle
