"""Costs of probabilities that are given as they are, for judging a prediction; to train, take the losses in the score.

Nothing is clipped: a certain event that was given the chance 0 costs infinity.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np

from groundup._arrays import Array, floating, like
from groundup.errors import InputError


def bce_from_probability(y: Array, p: Array) -> Array:
    """-(y log p + (1 - y) log(1 - p)), with 0 log 0 = 0: the surprise at y where p was the chance of 1.

    Both from 0 to 1, of one shape; the answer has it too. Infinite where y is certain and p gave it no chance.

    >>> bce_from_probability([1.0, 1.0, 0.0], [0.5, 1.0, 1e-17])
    array([6.93147181e-01, 0.00000000e+00, 1.00000000e-17])

    Good, Rational decisions, JRSS B 14 (1952).
    """
    xp, y, p = _pair(y, p, "y", "p")
    with np.errstate(all="ignore"):
        # log1p, because 1 - 1e-17 is 1 and its logarithm 0.
        heads = xp.where(y == 0, 0.0, -y * xp.log(p))
        tails = xp.where(y == 1, 0.0, -(1 - y) * xp.log1p(-p))
        answer = xp.where(xp.isnan(p), p, heads + tails)
    return answer[()] if xp is np else answer


def kl_divergence(p: Array, q: Array) -> Array:
    """Σ p log(p / q) along the last axis, with 0 log 0 = 0: the nats wasted where q is believed and p is true.

    Both are chances of one shape, (classes,) or (rows, classes); the answer is a number or (rows,). The first is the
    truth, the second the belief (other libraries take the logarithm of the belief, and take it first). Infinite where
    q gives no chance to what p does.

    >>> kl_divergence([1.0, 0.0], [0.5, 0.5])
    np.float64(0.6931471805599453)

    Kullback and Leibler, On information and sufficiency, Annals of Mathematical Statistics 22 (1951).
    """
    xp, p, q = _pair(p, q, "p", "q")
    with np.errstate(all="ignore"):
        t = (p - q) / q
        # Near each other p / q - 1 has more digits than p / q; far apart the quotient may overflow, the logarithms not.
        ratio = xp.where(xp.abs(t) < 0.5, xp.log1p(t), xp.log(p) - xp.log(q))
        terms = xp.where(p == 0, 0.0 * xp.sign(q), p * ratio)
        answer = xp.sum(terms, axis=-1)
    return answer[()] if xp is np else answer


def _pair(first: Array, second: Array, *names: str) -> tuple[ModuleType, Array, Array]:
    xp, second = floating(second)
    first = like(xp, second, first)
    if first.shape != second.shape:
        raise InputError(
            f"{names[0]} and {names[1]} must have one shape; got {tuple(first.shape)} and {tuple(second.shape)}. "
            "Give one chance for each label."
        )
    for name, x in zip(names, (first, second), strict=True):
        outside = (x < 0) | (x > 1)
        if bool(xp.any(outside)):
            place = int(xp.argmax(xp.astype(xp.reshape(outside, (-1,)), xp.int8)))
            raise InputError(
                f"{name} must be from 0 to 1; entry {place} holds {float(xp.reshape(x, (-1,))[place])!r}. "
                "Scores become probabilities by response()."
            )
    return xp, first, second
