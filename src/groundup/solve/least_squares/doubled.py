"""Twice the digits from ordinary float64: a number kept as a sum high + low.

Every rounding error of a sum or a product is itself a float64 number, and a few plain operations find it. Nothing here
relies on numbers longer than float64, so the digits are the same on every machine.

    two_sum(a, b)        high + low = a + b exactly
    two_product(a, b)    high + low = a b exactly
    cut(x, bits, top)    x = first + second + rest exactly, the first two with at most `bits` bits each
    sums_at(x, places)   the sums of those numbers that have the same place

Short pieces make whole matrix products exact: two numbers of `bits` bits have a product of 2 `bits` bits, and 2^(53 - 2
`bits`) such products can be added before anything is rounded, in whatever order the BLAS likes.

Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18 (1971).
Ozaki, Ogita, Oishi, Rump, Error-free transformations of matrix multiplication, Numerical Algorithms 59 (2012).
"""

from __future__ import annotations

import math

import numpy as np

from groundup._arrays import Array

SPLITTER = 2.0**27 + 1


def two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """high + low = a + b exactly; high is the rounded sum.

    >>> two_sum(1.0, 1e-20)
    (1.0, 1e-20)

    Knuth, The Art of Computer Programming 2, 4.2.2.
    """
    high = a + b
    b_kept = high - a
    return high, (a - (high - b_kept)) + (b - b_kept)


def halves(a: Array) -> tuple[Array, Array]:
    """A = high + low exactly, each of at most 26 bits, so that products of halves are exact (|a| below 1e300)."""
    stretched = SPLITTER * a
    high = stretched - (stretched - a)
    return high, a - high


def two_product(a: Array, b: Array) -> tuple[Array, Array]:
    """high + low = a b exactly; high is the rounded product.

    >>> two_product(1.0 + 2**-30, 1.0 - 2**-30) == (1.0, -(2.0**-60))
    True
    """
    high = a * b
    (a1, a2), (b1, b2) = halves(a), halves(b)
    return high, a2 * b2 - (((high - a1 * b1) - a2 * b1) - a1 * b2)


def add(high: Array, low: Array, more_high: Array, more_low: Array | float = 0.0) -> tuple[Array, Array]:
    """The sum of two doubled numbers, as a doubled number."""
    total, error = two_sum(high, more_high)
    return fast_two_sum(total, error + (low + more_low))


def fast_two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """two_sum for |a| at least |b|."""
    high = a + b
    return high, b - (high - a)


def exact_bits(terms: int) -> int:
    """How many bits the pieces may have so that a sum of `terms` products of pieces is exact.

    >>> exact_bits(1000)
    21
    """
    return (53 - math.ceil(math.log2(terms))) // 2


def cut(x: Array, bits: int, top: Array | float = 1.0) -> tuple[Array, Array, Array]:
    """X = first + second + rest exactly, where |x| is at most `top`, a power of two.

    `first` holds multiples of top 2^-bits, `second` multiples of top 2^-2bits; `rest` is what is left.

    >>> first, second, rest = cut(0.7, 20)
    >>> first * 2**20 == int(first * 2**20), first + second + rest
    (True, 0.7)
    """
    # Added to a large number, x loses every bit below that number's last one; the subtraction is exact.
    grid = top * (1.5 * 2.0 ** (52 - bits))
    first = (x + grid) - grid
    rest = x - first
    grid = grid * 2.0**-bits
    second = (rest + grid) - grid
    return first, second, rest - second


def sums_at(high: Array, low: Array, places: Array, n: int) -> tuple[Array, Array]:
    """The sum of all numbers that have place 0, 1, ..., n - 1, as doubled numbers, in whatever order they come.

    Of each number what is above 2^-53 of its place's largest times their count is cut off first: sums of these are
    exact, and what is left over is so small that its sum may be rounded.

    >>> high, low = sums_at(np.array([1.0, 1e-20, 3.0, -1.0]), np.zeros(4), np.array([0, 0, 1, 0]), 2)
    >>> high.tolist()
    [1e-20, 3.0]
    """
    top = np.zeros(n)
    np.maximum.at(top, places, np.abs(high))
    _, power = np.frexp(top * np.bincount(places, minlength=n))
    grid = np.ldexp(1.5, power - 1)[places]
    first = (high + grid) - grid
    return fast_two_sum(np.bincount(places, first, n), np.bincount(places, (high - first) + low, n))
