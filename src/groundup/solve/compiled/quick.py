"""e^x, e^x - 1, log(1 + x) and tanh as plain arithmetic, so that a processor works on eight numbers at once.

The library's own take one number at a time, and a loop around them cannot be widened. Here is no call and no branch,
only products, sums and choices; each is within 2 to 5 units in the last place of NumPy's, to the ends of its range.

    e^x = 2^k e^r          k = round(x / log 2), r = x - k log 2, |r| <= log(2) / 2
    log u = e log 2 + log m    u = 2^e m, m between sqrt(1/2) and sqrt(2)

Cody, Waite, Software Manual for the Elementary Functions (1980): log 2 in two parts, so that r keeps its digits.
"""

from __future__ import annotations

import math
from types import FunctionType
from typing import Any

import numpy as np

PER_OCTAVE = 1 / math.log(2)
LOG2_HIGH = float.fromhex("0x1.62e42fefp-1")
"""The first 33 bits of log 2: its product with a whole number below 2^20 is exact."""
LOG2_LOW = 7.440617110012397e-11
"""log 2 - LOG2_HIGH."""


def two_to(k: float) -> float:
    """2^k for a whole k between -1022 and 1023: `compiled_tools` puts k into the bits of the exponent."""
    return 2.0**k


def octave(u: float) -> float:
    """The e that brings u 2^-e between sqrt(1/2) and sqrt(2): `compiled_tools` takes it from the bits of u > 0."""
    if not 0.0 < u < math.inf:
        return 0.0
    m, e = math.frexp(u)
    return float(e if m >= math.sqrt(0.5) else e - 1)


def rest_of_exp(r: float) -> float:
    """e^r - 1 for |r| <= log(2) / 2: the series of sinh r and of cosh r - 1, up to r^13."""
    u = r * r
    odd = 1 / 6 + u * (1 / 120 + u * (1 / 5040 + u * (1 / 362880 + u * (1 / 39916800 + u * (1 / 6227020800)))))
    even = 1 / 2 + u * (1 / 24 + u * (1 / 720 + u * (1 / 40320 + u * (1 / 3628800 + u * (1 / 479001600)))))
    return r + u * (even + r * odd)


def quick_exp(x: float) -> float:
    """e^x, with infinity and the smallest numbers at the ends."""
    x = -746.0 if x < -746.0 else 710.0 if x > 710.0 else x
    k = np.floor(x * PER_OCTAVE + 0.5)
    half = np.floor(0.5 * k)  # 2^k in two steps: it may be beyond the range where the result is not
    return (1 + rest_of_exp((x - k * LOG2_HIGH) - k * LOG2_LOW)) * two_to(half) * two_to(k - half)


def quick_expm1(x: float) -> float:
    """e^x - 1 = 2^k ((e^r - 1) + (1 - 2^-k)), which keeps the digits of a small x."""
    x = -40.0 if x < -40.0 else 710.0 if x > 710.0 else x
    k = np.floor(x * PER_OCTAVE + 0.5)
    half = np.floor(0.5 * k)
    rest = rest_of_exp((x - k * LOG2_HIGH) - k * LOG2_LOW) + (1 - two_to(-k if k < 1000.0 else -1000.0))
    return rest * two_to(half) * two_to(k - half)


def quick_tanh(x: float) -> float:
    """e / (e + 2) with e = e^(2 |x|) - 1, and the sign of x."""
    a = abs(x)
    e = quick_expm1(2 * (20.0 if a > 20.0 else a))
    return math.copysign(e / (e + 2), x)


def quick_log1p(x: float) -> float:
    """log u + (1 + x - u) / u with u = 1 + x, rounded; log m = 2 artanh s, with s = (m - 1) / (m + 1)."""
    u = 1 + x
    e = octave(u)
    m = u * two_to(-e)
    s = (m - 1) / (m + 1)
    w = s * s
    tail = w * (1 / 13 + w * (1 / 15 + w * (1 / 17 + w * (1 / 19 + w * (1 / 21)))))
    tail = w * (1 / 3 + w * (1 / 5 + w * (1 / 7 + w * (1 / 9 + w * (1 / 11 + tail)))))
    lost = (x - (u - 1)) / u
    y = e * LOG2_HIGH + (2 * s + (2 * s * tail + (e * LOG2_LOW + lost)))
    return y if 0.0 < u < math.inf else x if u > 0.0 else -math.inf if u == 0.0 else math.nan


SETTINGS: dict[str, Any] = {"error_model": "numpy", "fastmath": {"contract"}, "forceinline": True}
"""Products and sums may be joined, but never reordered: r and `lost` live from that. All is part of the loop around."""

FUNCTIONS = {"exp": quick_exp, "expm1": quick_expm1, "tanh": quick_tanh, "log1p": quick_log1p}


def with_quick(code: str) -> str:
    """The traced lines with these functions in place of NumPy's."""
    for name in FUNCTIONS:
        code = code.replace(f"np.{name}(", f"quick_{name}(")
    return code


def quick_functions(numba: Any) -> dict[str, Any]:
    """All of them, compiled."""
    made: dict[str, Any] = {**globals(), **_bits(numba)}
    for function in (rest_of_exp, *FUNCTIONS.values()):
        name = function.__name__
        made[name] = numba.njit(**SETTINGS)(FunctionType(function.__code__, made, name))
    return {f"quick_{name}": made[f"quick_{name}"] for name in FUNCTIONS}


def _bits(numba: Any) -> dict[str, Any]:
    """`two_to` and `octave` on the bits of a float: one sign, 11 of the exponent + 1023, 52 of the fraction.

    The sum k + 1.5 2^52 has k in its last bits; and back: bits below those of 2^52 are a whole number beyond 2^52.
    """
    if not hasattr(numba, "extending"):  # plain Python in the place of numba
        return {"two_to": two_to, "octave": octave}
    from llvmlite import ir  # pyright: ignore[reportMissingTypeStubs]
    from numba.extending import intrinsic  # pyright: ignore[reportMissingTypeStubs]

    number, whole, signature = ir.DoubleType(), ir.IntType(64), numba.float64(numba.float64)

    @intrinsic
    def two_to_k(typing: Any, k: Any) -> Any:  # pyright: ignore[reportUnusedParameter]
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            shifted = builder.fadd(arguments[0], number(1.5 * 2.0**52 + 1023))
            return builder.bitcast(builder.shl(builder.bitcast(shifted, whole), whole(52)), number)

        return signature, code

    @intrinsic
    def octave_of(typing: Any, u: Any) -> Any:  # pyright: ignore[reportUnusedParameter]
        root = int(np.float64(math.sqrt(0.5)).view(np.int64))

        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            bits = builder.add(builder.bitcast(arguments[0], whole), whole((1023 << 52) - root))
            counted = builder.or_(builder.lshr(bits, whole(52)), whole(int(np.float64(2.0**52).view(np.int64))))
            return builder.fsub(builder.bitcast(counted, number), number(2.0**52 + 1023))

        return signature, code

    return {"two_to": two_to_k, "octave": octave_of}
