"""The place with a given tail: Newton's steps on the logarithm of a tail.

    s ← s + (log p - log P(s)) / (f(s) / P(s))

Every density here is log-concave in s, so log P is concave and the steps close in from one side, whatever the start.
A table of 65 places, shared by all the probabilities asked for, gives the start and the fences.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.pieces import where

Look = Callable[[Array], tuple[Array, Array, Array]]
"""s -> (log P(S ≤ s), log P(S > s), log density at s)."""

DEPTH = 760.0
"""e^(-745) is the smallest float64: no probability asks for a place deeper in a tail."""

SPREAD = np.linspace(-1, 1, 65) ** 3


def table(look: Look, down: float, up: float) -> tuple[Array, Array, Array]:
    """Places from -down to up, dense near 0, with the log tails there."""
    s = where(SPREAD < 0, down * SPREAD, up * SPREAD)
    return s, *look(s)[:2]


def start(places: tuple[Array, Array, Array], by_lower: Array, target: Array) -> tuple[Array, Array, Array]:
    """(low, here, high): the neighbours in the table between which the log tail is the target, and a guess."""
    s, lower, upper = places
    last = s.size - 1
    after = where(by_lower, np.searchsorted(lower, target), s.size - np.searchsorted(upper[::-1], target))
    after = np.clip(after, 1, last)
    here = where(by_lower, np.interp(target, lower, s), np.interp(target, upper[::-1], s[::-1]))
    return s[after - 1], here, s[after]


def solve(look: Look, places: tuple[Array, Array, Array], log_lower: Array, log_upper: Array) -> Array:
    """The s where the log tails are these; the smaller of the two decides.

    A place is done after the step that began within 1e-8 of its target: what is left is about the square of that. A
    step beyond a fence is replaced by half the way between the fences.
    """
    by_lower = log_lower <= log_upper
    target, side = where(by_lower, log_lower, log_upper), where(by_lower, 1.0, -1.0)
    low, here, high = start(places, by_lower, target)
    todo = np.flatnonzero(target <= 0)
    for _ in range(100):
        at = here[todo]
        log_p, log_q, density = look(at)
        tail = where(by_lower[todo], log_p, log_q)
        miss = side[todo] * (target[todo] - tail)
        low[todo], high[todo] = where(miss > 0, at, low[todo]), where(miss < 0, at, high[todo])
        to = at + miss * np.exp(tail - density)
        close = np.abs(miss) <= 1e-8 * np.minimum(1, np.abs(target[todo]))
        inside = close | ((to >= low[todo]) & (to <= high[todo]))
        here[todo] = where(inside, to, 0.5 * (low[todo] + high[todo]))
        todo = todo[~close]
        if not len(todo):
            break
    return here
