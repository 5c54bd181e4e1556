"""Passes over rows as they lie in memory.

tally_of_lying   costs, slopes and X'g in one reading, and on demand the longest row: what `kernels.tally_of_one` does
                 for shuffled rows, without looking them up or calling for them. The square of a row costs a seventh
                 more while it is near, and a whole reading afterwards.
bent_rows        rows centred, times the root of their bend, in single precision, for a matrix product to make a Hessian
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from groundup._arrays import Array
from groundup.solve.compiled import build, kernels
from groundup.solve.compiled.kernels import TOGETHER, add, dot, look_at_rows


@cache
def compiled(look: str) -> Any:
    """`tally_of_lying` around these lines; None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    parts = together(numba, build.tools(numba), look)
    parts["square"] = numba.njit(**build.FREE)(square)
    return build.kept(numba, build.function_with(tally_of_lying, parts, look))


@cache
def compiled_bend(bend: str) -> Any:
    """`bent_rows` around these lines of bend(z, y, c); None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    parts = build.tools(numba)
    parts["bend"] = numba.njit(**build.INSIDE)(build.written(bend, "bend", parts))
    parts["bend_rows"] = numba.njit(**build.FUSED)(build.function_with(bend_rows, parts))
    parts["put_scaled"] = numba.njit(**build.FREE)(put_scaled)
    return build.kept(numba, build.function_with(bent_rows, parts, bend))


def bend(z: float, y: float, c: Array) -> float:
    """The second derivative of a cost: what is traced from the loss takes its place."""
    raise NotImplementedError


def bend_rows(z: Array, y: Array, rows: int, c: Array, bent: Array) -> None:
    """The bend of each of these scores."""
    for r in range(rows):
        bent[r] = bend(z[r], y[r], c)


def put_scaled(near: Array, k: int, X: Array, i: int, shift: Array, scale: float) -> None:
    """near_k = scale (x - shift)."""
    for j in range(X.shape[1]):
        near[k, j] = scale * (X[i, j] - shift[j])


def bent_rows(
    X: Array,
    y: Array,
    weight: Array,
    first: int,
    runs: int,
    period: int,
    rows: int,
    w: Array,
    c: Array,
    shift: Array,
    near: Array,
    roots: Array,
    room: Array,
) -> tuple[float, float]:
    """Fills near (runs x rows, features) and roots (runs x rows) from the first rows of each period; Σ b and Σ w.

    room is (3, rows) numbers.
    """
    d = X.shape[1]
    z, label, bent = room[0], room[1], room[2]
    level, total = 0.0, 0.0
    for q in range(runs):
        start = (first + q) * period
        for r in range(rows):
            z[r], label[r] = dot(X, start + r, w) + w[d], y[start + r, 0]
        bend_rows(z, label, rows, c, bent)
        for r in range(rows):
            count = weight[start + r] if weight.size > 0 else 1.0
            total += count
            level += count * bent[r]
            root = math.sqrt(count * bent[r])
            roots[q * rows + r] = root
            put_scaled(near, q * rows + r, X, start + r, shift, root)
    return level, total


def tally_some(
    X: Array,
    y: Array,
    weight: Array,
    first: int,
    rows: int,
    w: Array,
    c: Array,
    G: Array,
    z: Array,
    label: Array,
    cost: Array,
    g: Array,
) -> tuple[float, float, float]:
    """Σ count cost, Σ count and Σ count slope of these rows; G grows by Σ count slope x."""
    some, counts, level = 0.0, 0.0, 0.0
    for r in range(rows):
        z[r], label[r] = dot(X, first + r, w) + w[X.shape[1]], y[first + r, 0]
    look_at_rows(z, label, rows, c, cost, g)
    for r in range(rows):
        count = weight[first + r] if weight.size > 0 else 1.0
        g[r] *= count
        some += count * cost[r]
        counts += count
        level += g[r]
        add(G, g[r], X, first + r)
    return some, counts, level


def plus(total: float, lost: float, some: float) -> tuple[float, float]:
    """The sum of both, and all that rounding has taken from such sums so far."""
    now = total + some
    back = now - total
    return now, lost + ((total - (now - back)) + (some - back))


def together(numba: Any, parts: dict[str, Any], look: str) -> dict[str, Any]:
    """`tally_some` around these lines, and `plus`, in machine code; `look_at_rows` too."""
    made = {**parts, "look": numba.njit(**build.INSIDE)(build.written(look, "look", parts))}
    made["look_at_rows"] = numba.njit(**build.FUSED)(build.function_with(kernels.look_at_rows, made))
    made["tally_some"] = numba.njit(**build.EXACT)(build.function_with(tally_some, made))
    return {**made, "plus": numba.njit(**build.EXACT)(plus)}


def square(X: Array, i: int) -> float:
    """x x."""
    total = 0.0
    for j in range(X.shape[1]):
        total += X[i, j] * X[i, j]
    return total


def tally_of_lying(
    X: Array,
    y: Array,
    weight: Array,
    start: int,
    stop: int,
    lengths: bool,
    w: Array,
    c: Array,
    G: Array,
    sums: Array,
    z: Array,
    label: Array,
    cost: Array,
    g: Array,
) -> None:
    """Σ count slope x into G, and Σ count cost, Σ count and with `lengths` the largest |x|² into sums, for these rows.

    The sum of costs keeps what rounding takes from it: a line search near the minimum asks for its last digits.
    w ends with the bias, and G with its slope. An empty `weight` is all ones. z, label, cost and g are room for
    TOGETHER numbers.
    """
    d = X.shape[1]
    cost_sum, lost, weight_sum, level, longest = 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(d):
        G[j] = 0.0
    for first in range(start, stop, TOGETHER):
        rows = min(TOGETHER, stop - first)
        some, counts, slope = tally_some(X, y, weight, first, rows, w, c, G, z, label, cost, g)
        weight_sum, level = weight_sum + counts, level + slope
        cost_sum, lost = plus(cost_sum, lost, some)
        if lengths:
            for r in range(rows):
                longest = max(longest, square(X, first + r))
    G[d] = level
    sums[0], sums[1], sums[2] = cost_sum + lost, weight_sum, longest
