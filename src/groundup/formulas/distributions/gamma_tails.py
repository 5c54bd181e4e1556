"""P(a, x) = ∫₀ˣ t^(a-1) e^(-t) dt / Γ(a) and Q = 1 - P: the tails of the gamma distribution, as logarithms.

In s = log t the density t^a e^(-t) / Γ(a) is one smooth hill, for every a. A tail is therefore

    density at its edge  times  ∫₀^∞ e^(-h(s)) ds,    h(s) = |x - a| s + x (e^(±s) - 1 ∓ s),

with + uphill of a and - below it. Both parts of h are positive, h grows at least linearly, and 56 Gauss nodes on
(0, T) with h(T) ≥ 39 give the integral to rounding: one rule for shapes from 2 to a thousand million, far tails
included, where textbooks use a series, a continued fraction and two asymptotic expansions. Below 2 the hill's left side
is a long plateau, and there the series is short.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.gauss import NODES, WEIGHTS
from groundup.formulas.distributions.pieces import (
    by_case,
    cumprod,
    deviance,
    expm1_rest,
    in_blocks,
    log_complement,
    stirling_rest,
    where,
)

DEPTH = 39.0
"""e^(-39) is a tenth of the rounding error of 1."""


def gamma_log_density(a: Array, gap: Array, log_ratio: Array) -> Array:
    """log of x^a e^(-x) / Γ(a), the density of log X; gap = x / a - 1 and log_ratio = log(x / a).

    = log(a / 2π) / 2 - a (gap - log_ratio) - stirling_rest(a).

    >>> float(gamma_log_density(np.array(1e8), np.array(0.0), np.array(0.0)))  # log(1e4 / √(2π))
    8.29140183793...

    DLMF 8.2 and 5.11.1.
    """
    return 0.5 * np.log(a / (2 * np.pi)) - a * deviance(gap, log_ratio) - stirling_rest(a)


def reach_up(a: Array, x: Array, depth: float) -> Array:
    """A T with h(T) ≥ depth, not much further than needed, for the tail above x ≥ a.

    e^s - 1 - s is at least s²/2 and at least (e^(s/2) - 1)²; the nearer of the two answers is taken.
    """
    slope = np.abs(x - a)
    straight = 2 * depth / (slope + np.hypot(slope, np.sqrt(2 * depth * x)))
    return np.minimum(straight, 2 * np.log1p(np.sqrt(depth / x)))


def reach_down(a: Array, x: Array, depth: float) -> Array:
    """A T with h(T) ≥ depth for the tail below x ≤ a: e^(-s) - 1 + s is at least s² / (2 + s)."""
    half = np.abs(x - a) - depth / 2
    return 2 * depth / (half + np.hypot(half, np.sqrt(2 * depth * a)))


@in_blocks
def integral_up(a: Array, x: Array) -> Array:
    """Γ(a, x) / (x^a e^(-x)) = ∫₀^∞ exp(-(x - a) s - x (e^s - 1 - s)) ds, for x ≥ a. DLMF 8.6.4 in s = log t."""
    far = reach_up(a, x, DEPTH)
    s = far[:, None] * NODES
    return far * (np.exp(-(x - a)[:, None] * s - x[:, None] * expm1_rest(s)) @ WEIGHTS)


@in_blocks
def integral_down(a: Array, x: Array) -> Array:
    """γ(a, x) / (x^a e^(-x)) = ∫₀^∞ exp(-(a - x) s - x (e^(-s) - 1 + s)) ds, for x ≤ a. DLMF 8.6.3."""
    far = reach_down(a, x, DEPTH)
    s = far[:, None] * NODES
    return far * (np.exp(-(a - x)[:, None] * s - x[:, None] * expm1_rest(-s)) @ WEIGHTS)


@in_blocks
def series_down(a: Array, x: Array) -> Array:
    """γ(a, x) / (x^a e^(-x)) = (1 + x / (a+1) + x² / ((a+1)(a+2)) + ...) / a, for x ≤ 2. DLMF 8.7.1."""
    terms = cumprod(x[:, None] / (a[:, None] + np.arange(1.0, 28.0)), axis=1)
    return (1 + np.sum(terms, axis=1)) / a


def gamma_log_tails(a: Array, x: Array, gap: Array, log_ratio: Array) -> tuple[Array, Array]:
    """(log P(a, x), log Q(a, x)) for one-dimensional a > 0 and x, with gap = x / a - 1 and log_ratio = log(x / a).

    The tail away from the hill is computed, the other is its complement.

    >>> x = np.array([2.0])
    >>> gamma_log_tails(np.ones(1), x, x - 1, np.log(x))[1]
    array([-2.])

    Accuracy: 1e-13 relative for a ≥ 0.05; below, log Q of x < 0.01 has an absolute error of 1e-16 in Q.
    """
    down, plateau = x < np.maximum(a, 0.01), a < 2
    # Where x has left the range of numbers the density is 0 already, and the integral only must not be inf / inf.
    bounded = np.minimum(x, 1e300)
    formula_down = partial(by_case, plateau[down], series_down, integral_down)
    tail = by_case(down, formula_down, integral_up, a, bounded)
    direct = np.minimum(gamma_log_density(a, gap, log_ratio) + np.log(tail), 0.0)
    other = log_complement(direct)
    return where(down, direct, other), where(down, other, direct)
