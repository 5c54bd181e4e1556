"""A pass over rows as they lie that makes the Hessian on the way, in single precision: both for one reading.

    z = x w + b  ->  look: cost and slope  ->  G += slope x,  and  Z = sqrt(bend) [x - shift, 1]  ->  C += Z'Z

What `lying.tally_of_lying` does, and beside it the products of `gram` in vectors of half as wide numbers. On one core
500,000 x 100 took 93 ms, and the pass alone 33; that pass, and then a reading for the products of a BLAS, took 143. On
two cores it was 47, 17 and 75 ms.
"""

from __future__ import annotations

import math
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import build, gram, lying
from groundup.solve.compiled.gram import best_lanes, grow, sum_of_tiles, zeros
from groundup.solve.compiled.gram_vectors import in_vectors
from groundup.solve.compiled.lying import bend_rows, plus, tally_some

ROWS = 64
"""So many rows become Z at a time."""
COLUMN = ROWS + 1
LANES = 16
"""How many numbers a vector has: twice those of `gram`."""
HEIGHT = LANES // 2


def enter_bent(X: Array, i: int, shift: Array, root: float, Z: Array, r: int) -> None:
    """root [x - shift, 1] as row r of Z."""
    d, across = X.shape[1], COLUMN * LANES
    whole = d // LANES
    for v in range(whole):
        for j in range(LANES):
            Z[v * across + r * LANES + j] = (X[i, v * LANES + j] - shift[v * LANES + j]) * root
    for j in range(d - whole * LANES):
        Z[whole * across + r * LANES + j] = (X[i, whole * LANES + j] - shift[whole * LANES + j]) * root
    Z[d // LANES * across + r * LANES + d % LANES] = root


def bent_tally(
    X: Array,
    y: Array,
    weight: Array,
    start: int,
    stop: int,
    period: int,
    w: Array,
    c_look: Array,
    c_bend: Array,
    shift: Array,
    Z: Array,
    C: Array,
    G: Array,
    sums: Array,
    room: Array,
) -> None:
    """Σ count slope x into G, Σ count cost and Σ count into sums, for these rows, as `tally_of_lying` does.

    And of every so manieth run of ROWS rows Z'Z into C (flat, above the diagonal), and Σ count into sums[2].
    w ends with the bias, and G with its slope. An empty `weight` is all ones. room is (5, ROWS) numbers.
    """
    d = X.shape[1]
    wide = (d + 1 + LANES - 1) // LANES * LANES
    bytes_of_row = d * X.itemsize
    step = 1 + bytes_of_row // (sum_of_tiles(wide // LANES) * LANES // HEIGHT)
    z, label, cost, g, bent = room[0], room[1], room[2], room[3], room[4]
    cost_sum, lost, weight_sum, level, bent_weight = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(C.size):
        C[i] = 0.0
    for j in range(d):
        G[j] = 0.0
    for first in range(start, stop, ROWS):
        rows = min(ROWS, stop - first)
        some, counts, slope = tally_some(X, y, weight, first, rows, w, c_look, G, z, label, cost, g)
        weight_sum, level = weight_sum + counts, level + slope
        cost_sum, lost = plus(cost_sum, lost, some)
        if first // ROWS % period > 0:
            continue
        bend_rows(z, label, rows, c_bend, bent)
        for r in range(rows):
            count = weight[first + r] if weight.size > 0 else 1.0
            bent_weight += count
            enter_bent(X, first + r, shift, math.sqrt(count * bent[r]), Z, r)
        if rows % 2 > 0:
            for v in range(0, Z.size, COLUMN * LANES):
                for j in range(LANES):
                    Z[v + rows * LANES + j] = 0.0
        grow(Z, rows + rows % 2, C, wide, X, (first + ROWS) * bytes_of_row, step)
    G[d] = level
    sums[0], sums[1], sums[2] = cost_sum + lost, weight_sum, bent_weight


def room(features: int, lanes: int, kind: Any = np.float32) -> tuple[Array, Array, int]:
    """Z and C for so many features, and how wide C is."""
    vectors = -(-(features + 1) // lanes)
    return zeros(vectors * COLUMN * lanes, kind), zeros((vectors * lanes) ** 2, kind), vectors * lanes


@cache
def compiled(look: str, bend: str, lanes: int | None = None, single: bool = True) -> tuple[Any, int] | None:
    """`bent_tally` around these lines, and its LANES; None where numba is not installed.

    Z and C are in double precision unless `single`.
    """
    numba = build.numba_or_none()
    if numba is None or not hasattr(numba, "extending"):
        return None
    lanes = lanes or best_lanes() * (1 + single)
    parts = lying.together(numba, build.tools(numba), look)
    parts["bend"] = numba.njit(**build.INSIDE)(build.written(bend, "bend", parts))
    parts["bend_rows"] = numba.njit(**build.FUSED)(build.function_with(lying.bend_rows, parts))
    parts |= {"LANES": lanes, "HEIGHT": lanes // (1 + single), "ROWS": ROWS, "COLUMN": COLUMN, "math": math}
    parts |= in_vectors(numba, lanes, COLUMN, single)
    for function in (enter_bent, gram.sum_of_tiles, gram.grow):
        name = function.__name__
        parts[name] = numba.njit(**build.FUSED)(FunctionType(function.__code__, parts, name))
    return build.kept(numba, build.function_with(bent_tally, parts, look, bend, lanes, single)), lanes


def in_double_precision(look: str, bend: str) -> tuple[Any, int] | None:
    """The same with sums that keep all digits: for standard errors."""
    return compiled(look, bend, single=False)
