"""The place with a given tail: Newton's steps on the logarithm of a tail.

    s ← s + (log p - log P(s)) / (f(s) / P(s))

Every density here is log-concave in s, so log P is concave and the steps close in from one side, whatever the start.
A table of 64 places, shared by all the probabilities asked for, gives the start and the fences.
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


def solve(look: Look, places: tuple[Array, Array, Array], log_lower: Array, log_upper: Array) -> Array:
    """The s where the log tails are these; the smaller of the two decides.

    Stops after a step that began within 1e-8 of the target: what is left is about the square of that.
    """
    s, lower, upper = places
    by_lower = log_lower <= log_upper
    target, side = where(by_lower, log_lower, log_upper), where(by_lower, 1.0, -1.0)
    first = where(by_lower, np.searchsorted(lower, target), s.size - np.searchsorted(upper[::-1], target))
    first = np.clip(first, 1, s.size - 1)
    low, high = s[first - 1], s[first]
    here = where(by_lower, np.interp(target, lower, s), np.interp(target, upper[::-1], s[::-1]))
    open_ = np.flatnonzero(target <= 0)
    for _ in range(100):
        at = here[open_]
        log_p, log_q, density = look(at)
        tail = where(by_lower[open_], log_p, log_q)
        miss = side[open_] * (target[open_] - tail)
        low[open_], high[open_] = where(miss > 0, at, low[open_]), where(miss < 0, at, high[open_])
        step = miss * np.exp(tail - density)
        # density times step is the probability stepped over; as a share of the tail that is `miss`.
        close = np.abs(miss) <= 1e-8 * np.minimum(1, np.abs(target[open_]))
        inside = close | ((at + step >= low[open_]) & (at + step <= high[open_]))
        here[open_] = where(inside, at + step, 0.5 * (low[open_] + high[open_]))
        open_ = open_[~close]
        if not len(open_):
            break
    return here
