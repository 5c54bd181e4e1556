"""Makes the coefficients of `groundup.formulas.special`: python scripts/make_erf_coefficients.py prints them.

The functions are interpolated at Chebyshev points with 60 digits, and the interpolant is written in powers:

    ERFCX   (1 + 2z) e^(z²) erfc z  in  t = (z - 4) / (z + 4), which takes z from 0 to infinity to t from -1 to 1
    ERF     erf(z) / z              in  t = 4 z² - 1, for |z| at most 1/√2
    SHRINK  (x - tanh x) / x³       in  t = 4 x² - 1, for |x| at most 1/√2

Shepherd and Laframboise, Chebyshev approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞, Math. Comp. 36 (1981), give
the substitution; the numbers are made here.
"""

from __future__ import annotations

from collections.abc import Callable

import mpmath as mp

mp.mp.dps = 60
CENTRE = mp.mpf(4)


def scaled_tail(t: mp.mpf) -> mp.mpf:
    """(1 + 2z) e^(z²) erfc z at z = 4 (1 + t) / (1 - t)."""
    z = CENTRE * (1 + t) / (1 - t)
    if z < 1000:
        return (1 + 2 * z) * mp.exp(z * z) * mp.erfc(z)
    # The asymptotic series; at z = 1000 its twelfth term is 1e-60.
    term, total = mp.mpf(1), mp.mpf(0)
    for n in range(12):
        total += term
        term *= -(2 * n + 1) / (2 * z * z)
    return (1 + 2 * z) * total / (z * mp.sqrt(mp.pi))


def erf_middle(t: mp.mpf) -> mp.mpf:
    """erf(z) / z at z² = (t + 1) / 4."""
    z = mp.sqrt((t + 1) / 4)
    return mp.erf(z) / z


def tanh_shrink(t: mp.mpf) -> mp.mpf:
    """(x - tanh x) / x³ at x² = (t + 1) / 4."""
    x = mp.sqrt((t + 1) / 4)
    return (x - mp.tanh(x)) / x**3


def powers(function: Callable[[mp.mpf], mp.mpf], degree: int) -> list[float]:
    """Coefficients, highest power first, of the interpolant at degree + 1 Chebyshev points of [-1, 1]."""
    points = degree + 1
    angles = [mp.pi * (2 * j + 1) / (2 * points) for j in range(points)]
    values = [function(mp.cos(angle)) for angle in angles]
    chebyshev = [
        (2 if n else 1) * sum(v * mp.cos(n * a) for v, a in zip(values, angles, strict=True)) / points
        for n in range(points)
    ]
    before, here = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]
    total = [chebyshev[0]] + [mp.mpf(0)] * degree
    for coefficient in chebyshev[1:]:
        for power, factor in enumerate(here):
            total[power] += coefficient * factor
        following = [mp.mpf(0)] + [2 * factor for factor in here]
        for power, factor in enumerate(before):
            following[power] -= factor
        before, here = here, following
    return [float(coefficient) for coefficient in reversed(total)]


COEFFICIENTS = {"ERFCX": (scaled_tail, 23), "ERF": (erf_middle, 9), "SHRINK": (tanh_shrink, 11)}

if __name__ == "__main__":
    for name, (function, degree) in COEFFICIENTS.items():
        print(f"{name} = (")
        for coefficient in powers(function, degree):
            print(f"    {coefficient!r},")
        print(")")
