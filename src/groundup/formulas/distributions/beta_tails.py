"""I_x(a, b) = ∫₀ˣ t^(a-1) (1-t)^(b-1) dt / B(a, b) and its complement: the beta's tails, as logarithms.

In the log-odds log(t / (1-t)) the density is one smooth hill, for every a and b, and log-concave. The tail above x is

    density at its edge  times  ∫₀^∞ e^(-h(s)) ds,    h(s) = ((a+b) x - a) s + (a+b) (log(1 + x (e^s - 1)) - x s),

both parts positive, and 56 Gauss nodes give the integral to rounding. The tail below x is the tail above 1 - x with a
and b exchanged. Where the exponent on the tail's own side is below 2 the hill has a long plateau, and there the series
is short. Student's t, F and the binomial are this one function at other places.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.formulas.distributions.gauss import NODES, WEIGHTS
from groundup.formulas.distributions.pieces import (
    by_case,
    cumprod,
    deviance,
    expm1_rest,
    in_blocks,
    log1p_rest,
    log_complement,
    stirling_rest,
    where,
)

DEPTH = 39.0
"""e^(-39) is a tenth of the rounding error of 1."""

SMALL = 1e-290
"""Below this a product with a shape might leave the normal numbers, and its logarithm is taken apart."""


class Place(NamedTuple):
    """Where x stands between 0 and 1 for the shapes a and b, every part with all its digits.

    x, y = 1 - x; excess = b x - a y = (a + b) x - a, which is 0 on the hilltop; log_x = log((a + b) x / a) and
    log_y = log((a + b) y / b), which are 0 there too.
    """

    x: Array
    y: Array
    excess: Array
    log_x: Array
    log_y: Array


def at_odds(a: Array, b: Array, f: Array, gap: Array, log_f: Array) -> Place:
    """The place with odds x / y = f a / b, which is how F and t meet the beta; gap = f - 1, log_f = log f.

    Given both, nothing cancels: excess = a y (f - 1), and odds beyond the range of numbers still have a logarithm.
    """
    odds = a * f / b
    y = 1 / (1 + odds)
    x = where(odds < 1, odds * y, 1 / (1 + 1 / odds))
    share = where(f < 2, gap / f, 1 - 1 / f)
    excess = where(f < 1, a * y * gap, b * x * share)
    n = a + b
    log_x = where(x > SMALL, np.log(n * x / a), np.log(n / b) + log_f)
    log_y = where(y > SMALL, np.log(n * y / b), np.log(n / a) - log_f)
    return Place(x, y, excess, log_x, log_y)


def at_share(a: Array, b: Array, x: Array) -> Place:
    """The place x itself, 0 ≤ x ≤ 1."""
    y, n = 1 - x, a + b
    log_x = where(x > SMALL, np.log(n * x / a), np.log(n / a) + np.log(x))
    return Place(x, y, b * x - a * y, log_x, np.log(n / b) + np.log1p(-x))


def beta_log_density(a: Array, b: Array, place: Place) -> Array:
    """log of x^a y^b / B(a, b), the density of the log-odds.

    = log(a b / (2π (a + b))) / 2 - a d(n x / a) - b d(n y / b) + r(n) - r(a) - r(b), where n = a + b,
    d(u) = u - 1 - log u and r is `stirling_rest`.

    >>> half = np.array([0.5])
    >>> np.exp(beta_log_density(1 + 0 * half, 1 + 0 * half, at_share(1, 1, half)))
    array([0.25])

    Loader, Fast and accurate computation of binomial probabilities (2000).
    """
    n = a + b
    hill = a * deviance(place.excess / a, place.log_x) + b * deviance(-place.excess / b, place.log_y)
    # a / n first: the product a b leaves the range of numbers before the quotient does.
    scale = 0.5 * np.log(a / n * b / (2 * np.pi))
    return scale - hill + stirling_rest(n) - stirling_rest(a) - stirling_rest(b)


def bernoulli_rest(x: Array, s: Array) -> Array:
    """log(1 + x (e^s - 1)) - x s, for 0 ≤ x ≤ 1/2: a coin's cumulants from the second on, ~ x (1 - x) s²/2.

    >>> float(bernoulli_rest(np.array(0.5), np.array(1e-8)))
    1.25000000000000...e-17
    """
    v = x * np.expm1(s)
    return where(np.abs(v) < 0.5, log1p_rest(v) + x * expm1_rest(s), np.log1p(v) - x * s)


def reach(n: Array, x: Array, y: Array, slope: Array, depth: float) -> Array:
    """A T with h(T) near depth: Newton on log h against log T, from the hill's parabola.

    Only the length of the interval depends on it, so two digits are plenty and the obvious h will do.
    """
    side, z = where(x <= 0.5, 1.0, -1.0), np.minimum(x, y)
    far = 2 * depth / (slope + np.hypot(slope, np.sqrt(2 * depth * n * x * y)))
    far = where(side > 0, np.minimum(far, 2 * np.log1p(np.sqrt(2 * depth / (n * z)))), far)
    for _ in range(4):
        power = side * far
        height = slope * far + n * (np.logaddexp(np.log1p(-z), np.log(z) + power) - z * power)
        climb = slope + n * side * (1 / (1 + (1 - z) / z * np.exp(-power)) - z)
        far = far * (depth / height) ** (height / (far * climb))
    return far


@in_blocks
def integral_up(a: Array, b: Array, x: Array, y: Array, excess: Array) -> Array:
    """(1 - I_x(a, b)) B(a, b) / (x^a y^b) = ∫₀^∞ e^(-h(s)) ds, for x ≥ a / (a + b). DLMF 8.17.1 in log-odds."""
    n = a + b
    far = reach(n, x, y, excess, DEPTH)
    s = far[:, None] * NODES
    side = where(x <= 0.5, 1.0, -1.0)[:, None]
    rest = bernoulli_rest(np.minimum(x, y)[:, None], side * s)
    return far * (np.exp(-excess[:, None] * s - n[:, None] * rest) @ WEIGHTS)


@in_blocks
def series_up(a: Array, b: Array, x: Array, y: Array, excess: Array) -> Array:
    """The same tail as (1 + y n / (b+1) + y² n (n+1) / ((b+1)(b+2)) + ...) / b, n = a + b. DLMF 8.17.8."""
    count = np.arange(64.0)
    ratios = y[:, None] * ((a + b)[:, None] + count) / ((b + 1)[:, None] + count)
    terms = cumprod(ratios, axis=1)
    return (1 + np.sum(terms, axis=1)) / b


def beta_log_tails(a: Array, b: Array, place: Place) -> tuple[Array, Array]:
    """(log I_x(a, b), log(1 - I_x(a, b))) for one-dimensional a, b > 0.

    The tail away from the hill is computed, the other is its complement; where both shapes are below 2, the tail with
    the faster series.

    >>> x = np.array([0.25])
    >>> np.exp(beta_log_tails(1 + 0 * x, 1 + 0 * x, at_share(1, 1, x)))
    array([[0.25],
           [0.75]])

    Accuracy: 1e-13 relative for shapes of at least 0.05.
    """
    x, y, excess = place.x, place.y, place.excess
    up = where(np.maximum(a, b) < 2, y <= x, excess >= 0)
    near, own = where(up, a, b), where(up, b, a)
    x, y, excess = where(up, x, y), where(up, y, x), where(up, excess, -excess)
    tail = by_case(own < 2, series_up, integral_up, near, own, x, y, excess)
    direct = np.minimum(beta_log_density(a, b, place) + np.log(tail), 0.0)
    other = log_complement(direct)
    return where(up, other, direct), where(up, direct, other)
