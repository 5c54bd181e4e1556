"""Costs and slopes of cross-entropy in one reading, a class a line, so that a processor has eight rows at once.

    Z = X W + b  ->  z = Z'  ->  cost, and z becomes the slopes  ->  G += X'Z

Some rows at a time go all the way while they are near; those that follow are called from memory in the meantime. The
products are those of `tiles`. `CrossEntropy.value_and_gradient` is the definition, and a test binds them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import build
from groundup.solve.compiled.gram import best_lanes
from groundup.solve.compiled.kernels import call_for
from groundup.solve.compiled.lying import plus, square
from groundup.solve.compiled.quick import quick_exp, quick_log1p
from groundup.solve.compiled.tiles import ROWS, add_product, compiled_product

TOGETHER = 64
"""Rows whose sums are kept side by side."""
LANES = 8


@cache
def compiled() -> Any:
    """`tally_of_classes` in machine code; None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    # Where a vector has eight numbers there are registers for eight rows of sums: none has to wait for itself.
    height = best_lanes() if hasattr(numba, "extending") else ROWS
    parts = {**build.tools(numba), "TOGETHER": TOGETHER, "slopes_of_classes": slopes()}
    parts["add_product"] = compiled_product(numba, build.FREE, height)
    parts["square"] = numba.njit(**build.FREE)(square)
    parts["plus"] = numba.njit(**build.EXACT)(plus)
    return build.kept(numba, build.function_with(tally_of_classes, parts, "classes", height))


@cache
def slopes() -> Any:
    """`slopes_of_classes` in machine code; None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    return numba.njit(**build.EXACT)(build.function_with(slopes_of_classes, build.tools(numba)))


def wide(classes: int) -> int:
    """How many columns W has in memory: whole vectors, the rest is 0."""
    return -(-classes // LANES) * LANES


def room(classes: int) -> tuple[Array, Array, Array, Array]:
    """Z, z, the labels and the sums of some rows."""
    sizes = (TOGETHER * wide(classes),), (classes, TOGETHER), (classes, TOGETHER), (5, TOGETHER)
    return np.empty(sizes[0]), np.empty(sizes[1]), np.empty(sizes[2]), np.empty(sizes[3])


def tally_of_classes(
    X: Array,
    flat: Array,
    y: Array,
    weight: Array,
    start: int,
    stop: int,
    lengths: bool,
    W: Array,
    level: Array,
    smoothing: float,
    G: Array,
    slopes: Array,
    sums: Array,
    Z: Array,
    z: Array,
    label: Array,
    few: Array,
) -> None:
    """X'(w (softmax(z) - y)) into G, its sum over these rows into slopes; Σ w cost, Σ w and the largest |x|² into sums.

    `flat` is X in one line. W (features, wide) and G are flat too, `level` (wide,) holds the biases: columns beyond the
    classes are 0. An empty `weight` is all ones.
    """
    d, classes, columns = X.shape[1], z.shape[0], level.size
    cost_sum, lost, weight_sum, longest = 0.0, 0.0, 0.0, 0.0
    for first in range(start, stop, TOGETHER):
        rows = min(TOGETHER, stop - first)
        for r in range(rows):
            few[4, r] = weight[first + r] if weight.size > 0 else 1.0
            for k in range(columns):
                Z[r * columns + k] = level[k]
        add_product(flat, first * d, d, 1, rows, d, W, 0, Z, 0, columns)
        for r in range(rows):
            for k in range(classes):
                z[k, r] = Z[r * columns + k]
                label[k, r] = y[first + r, k] * (1.0 - smoothing) + smoothing / classes
        slopes_of_classes(z, label, rows, few, X, first + TOGETHER)
        some = 0.0
        for r in range(rows):
            some += few[4, r] * few[3, r]
            weight_sum += few[4, r]
            for k in range(classes):
                Z[r * columns + k] = z[k, r]
                slopes[k] += z[k, r]
        cost_sum, lost = plus(cost_sum, lost, some)
        add_product(flat, first * d, 1, d, d, rows, Z, 0, G, 0, columns)
        if lengths:
            for r in range(rows):
                longest = max(longest, square(X, first + r))
    sums[0], sums[1], sums[2] = cost_sum + lost, weight_sum, longest


def slopes_of_classes(z: Array, label: Array, rows: int, few: Array, X: Array, ahead: int) -> None:
    """z (classes, rows) becomes w (softmax(z) - label), with w in few[4]; few[3] becomes the costs.

    With the top class apart and r the sum of the other e^(z - top), a slope is (e (1 - y) - (r + 1 - e) y) / (1 + r),
    in which no digit of a small chance is lost. Rows from `ahead` on are called from memory.
    """
    classes = z.shape[0]
    top, first, rest, far, count = few[0], few[1], few[2], few[3], few[4]
    for r in range(rows):
        top[r], first[r], rest[r], far[r] = z[0, r], 0.0, 0.0, 0.0
    for k in range(1, classes):
        for r in range(rows):
            higher = z[k, r] > top[r]
            top[r] = z[k, r] if higher else top[r]
            first[r] = float(k) if higher else first[r]
    for k in range(classes):
        for r in range(rows):
            behind = top[r] - z[k, r]
            far[r] += label[k, r] * behind if label[k, r] != 0.0 else 0.0
            e = quick_exp(-behind)
            is_top = first[r] == float(k)
            z[k, r] = 1.0 + 0.0 * behind if is_top else e
            rest[r] += 0.0 if is_top else e
        for r in range(ahead + rows * k // classes, min(ahead + rows * (k + 1) // classes, len(X))):
            call_for(X, r, 0, X.shape[1])
    for r in range(rows):
        far[r] += quick_log1p(rest[r])
    for k in range(classes):
        for r in range(rows):
            e, y = z[k, r], label[k, r]
            z[k, r] = count[r] * (e * (1.0 - y) - (rest[r] + (1.0 - e)) * y) / (1.0 + rest[r])


__all__ = ["TOGETHER", "compiled", "quick_exp", "quick_log1p", "room", "slopes", "tally_of_classes", "wide"]
