"""Four small functions that lose no digits where the obvious expression loses them all.

    log1p_rest(t)      log(1 + t) - t            ~ -t²/2 near 0
    expm1_rest(t)      e^t - 1 - t               ~  t²/2 near 0
    log_complement(l)  log(1 - e^l)              the other tail, from the logarithm of one tail
    stirling_rest(a)   log Γ(a) - ((a - 1/2) log a - a + log(2π)/2)    ~ 1/(12 a)

With a shape of 50 million the obvious log density subtracts numbers near 10⁹ to find one near 1. Written in these
pieces only small numbers are added, and all of one sign.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from groundup._arrays import Array

where: Callable[..., Array] = np.where
cumprod: Callable[..., Array] = np.cumprod
"""NumPy's own, under names that spare a type checker from guessing what comes out."""

BLOCK = 512
"""So many points at once times 56 nodes stay in the processor's cache."""


def log1p_rest(t: Array) -> Array:
    """log(1 + t) - t, for t > -1.

    With s = t / (2 + t), log(1 + t) = 2 (s + s³/3 + s⁵/5 + ...), and 2 s - t = -s t takes the large part away by hand.

    >>> float(log1p_rest(np.array(1e-10)))
    -4.9999999996666...e-21

    DLMF 4.6.4.
    """
    s = t / (2 + t)
    square = s * s
    total = np.full_like(s, 1 / 29)
    for odd in range(27, 1, -2):
        total = total * square + 1 / odd
    return where(np.abs(t) < 0.5, s * (2 * square * total - t), np.log1p(t) - t)


def expm1_rest(t: Array) -> Array:
    """e^t - 1 - t.

    Near 0 the series t²/2 (1 + t/3 (1 + t/4 (1 + ...))), elsewhere the obvious expression.

    >>> float(expm1_rest(np.array(1e-10)))
    5.0000000001666...e-21

    DLMF 4.2.19.
    """
    total = np.ones_like(t)
    for term in range(16, 2, -1):
        total = 1 + t / term * total
    return where(np.abs(t) < 0.5, 0.5 * t * t * total, np.expm1(t) - t)


def log_complement(log_p: Array) -> Array:
    """log(1 - p) from log p.

    >>> float(log_complement(np.array(-1e-9)))
    -20.723265837446...

    Mächler, Accurately computing log(1 - exp(-|a|)) (2012).
    """
    near = log_p > -0.7
    return where(near, np.log(-np.expm1(log_p)), np.log1p(-np.exp(where(near, -0.7, log_p))))


STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400)


def stirling_rest(a: Array) -> Array:
    """log Γ(a) - ((a - 1/2) log a - a + log(2π)/2), for a > 0: what Stirling's formula leaves over.

    From 10 on the series 1/(12 a) - 1/(360 a³) + ...; below, Γ(a + 1) = a Γ(a) is climbed until 10 is passed, where
    each rung adds (a + 1/2) log(1 + 1/a) - 1.

    >>> float(stirling_rest(np.array(1.0)))  # 1 - log(2π)/2
    0.08106146679532...

    DLMF 5.11.1.
    """
    rungs = np.arange(10.0)
    each = np.asarray(a)[..., None] + rungs
    climb = np.sum(where(each < 10, (each + 0.5) * np.log1p(1 / each) - 1, 0.0), axis=-1)
    top = a + np.maximum(np.ceil(10 - a), 0)
    square = 1 / (top * top)
    total = np.zeros_like(top)
    for coefficient in STIRLING[::-1]:
        total = total * square + coefficient
    return climb + total / top


def deviance(gap: Array, log_ratio: Array) -> Array:
    """r - 1 - log r for a ratio r, given gap = r - 1 and log r: never negative, 0 at r = 1.

    >>> float(deviance(np.array(1.0), np.log(2)))
    0.306852819440054...

    Loader, Fast and accurate computation of binomial probabilities (2000).
    """
    near = np.abs(gap) < 0.5
    return where(near, -log1p_rest(where(near, gap, 0.0)), where(gap == np.inf, gap, gap - log_ratio))


def in_blocks(formula: Callable[..., Array]) -> Callable[..., Array]:
    """The same formula of one-dimensional arrays, a block of points at a time."""

    def blocked(*arrays: Array) -> Array:
        if arrays[0].size <= BLOCK:
            return formula(*arrays)
        starts = range(0, arrays[0].size, BLOCK)
        return np.concatenate([formula(*(array[start : start + BLOCK] for array in arrays)) for start in starts])

    blocked.__doc__, blocked.__name__ = formula.__doc__, formula.__name__
    return blocked


def by_case(case: Array, where_true: Callable[..., Array], where_false: Callable[..., Array], *arrays: Array) -> Array:
    """One formula where `case` holds, the other elsewhere; neither sees the points of the other.

    >>> by_case(np.array([True, False]), np.sqrt, np.negative, np.array([4.0, 5.0]))
    array([ 2., -5.])
    """
    if case.all():
        return where_true(*arrays)
    if not case.any():
        return where_false(*arrays)
    result = np.empty(case.shape)
    result[case] = where_true(*(array[case] for array in arrays))
    result[~case] = where_false(*(array[~case] for array in arrays))
    return result
