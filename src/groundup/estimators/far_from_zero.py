"""Scores of rows that are far from 0: the digits that an intercept as one float has no room for.

    X w + b = (X - m) w + (b + m w)

With features around 1e9 the two terms on the left are 1e9 and cancel; b alone is rounded to 1e-7. On the right nothing
is large: X - m has no error, and b + m w is worked out in doubled precision, with what b has lost by rounding.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.models.basis import product
from groundup.models.likelihood import Likeliest
from groundup.solve.least_squares.doubled import two_sum

FAR = 100.0
"""Where |m| |w| is larger, digits are lost that are worth a subtraction."""


class Far(NamedTuple):
    """The middle of the rows m (features,), and what the intercepts lost by rounding (outputs,)."""

    centre: Array
    rest: Array


def far(found: Likeliest) -> Far | None:
    """What a fitted model should keep besides weights and intercept; None where nothing is lost without it."""
    shift, W = found.objective.basis.shift, found.W
    if not (np.abs(shift) @ np.abs(W)).max(initial=0.0) > FAR:
        return None
    high, low = product(shift[None, :], W)
    top, error = two_sum(found.level, -high[0])
    return Far(shift, (top - found.bias) + (error - low[0]))


def scores(X: Array, W: Array, bias: Array, kept: Far) -> Array:
    """(X - m) W + (b + rest + m W), for weights (features, outputs).

    >>> X = 1e9 + np.array([[0.0], [1.0]])
    >>> scores(X, np.array([[0.1]]), np.array([-1e8]), Far(np.array([1e9]), np.array([3e-9]))).ravel().tolist()
    [8.551115123125783e-09, 0.10000000855111513]
    """
    high, low = product(kept.centre[None, :], W)
    top, error = two_sum(bias, high[0])
    return (X - kept.centre) @ W + (top + (error + low[0] + kept.rest))
