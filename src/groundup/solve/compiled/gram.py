"""Z'Z of tall rows in one reading, for Z = [1, y - (X - shift) b, X - shift], each row times the root of its weight.

A BLAS squares so narrow a matrix at half of its own rate, and wants X, what is left of y, and the sums handed over one
by one. Here some rows at a time become Z, and every look at a row tells all there is to tell. Then Z'Z grows by them
in squares as wide as a vector, up to three side by side, which stay in registers until these rows are through; the rows
that follow are called from memory in the meantime. Only squares on or above the diagonal are worked out.

    tile    three squares grow: each is a vector of Z times each number of another vector, row after row
    enter   X becomes columns of Z
    gram    the loops around both, over rows and squares

500,000 x 100 with all sums took 57 ms on two cores with AVX-512, and 120 ms by the products of NumPy's BLAS. Half of
these products at the rate of its fastest one would take 33 ms.

Goto, van de Geijn, Anatomy of high-performance matrix multiplication, ACM TOMS 34 (2008).
"""

from __future__ import annotations

import threading
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import build
from groundup.solve.compiled.gram_vectors import in_vectors

ROWS = 128
"""So many rows become Z at a time: what three columns of squares need of them stays in a core's nearest cache."""
COLUMN = ROWS + 1
"""How many vectors a column of Z takes. A row more than needed: at distances of 4,096 bytes caches forget."""
LANES = 8
"""How many numbers a vector has. `compiled` has 4 for processors without AVX-512."""
HEIGHT = LANES
"""How many lines a square has."""


def tile_of_three(*given: Any) -> None:
    """The definition of all three: what `gram_vectors` puts in their place does the same in vectors.

    C[c + i, j] += Σ_r Z[r, a + i] Z[r, z + j] for i below HEIGHT and j below three times as much. And from byte `ahead`
    on, `step` of them for each row, X is called from memory, which changes nothing.
    """
    _tile(3, *given)


def tile_of_two(*given: Any) -> None:
    """The same, two squares wide."""
    _tile(2, *given)


def tile_of_one(*given: Any) -> None:
    """The same, one square wide."""
    _tile(1, *given)


def _tile(squares: int, *given: Any) -> None:
    Z, a, z, rows, C, c, wide, *_ = given
    for r in range(0, rows * LANES, LANES):
        for i in range(HEIGHT):
            for s in range(squares):
                for j in range(LANES):
                    C[c + i * wide + s * LANES + j] += Z[a + r + i] * Z[z + s * COLUMN * LANES + r + j]


def enter(X: Array, x: int, shift: Array, root: float, B: Array, b: int, vectors: int, Z: Array, z: int) -> float:
    """Whole vectors of root (X - shift) into Z; returns what they say of y, their product with b. The definition."""
    told = 0.0
    for v in range(vectors):
        for j in range(LANES):
            moved = (X.flat[x + v * LANES + j] - shift[v * LANES + j]) * root
            Z[z + v * COLUMN * LANES + j] = moved
            told += moved * B[b + v * LANES + j]
    return told


def gram(X: Array, y: Array, root: Array, shift: Array, B: Array, Z: Array, C: Array, P: Array) -> None:
    """P = Z'Z. X (rows, d) and y (rows, k), root (rows,), shift (d,), and B = b' flat.

    Z and C are what `room` returns.
    """
    (n, d), k = X.shape, y.shape[1]
    wide = (d + k + 1 + LANES - 1) // LANES * LANES
    bytes_of_row = d * X.itemsize
    tiles = sum_of_tiles(wide // LANES)
    for i in range(C.size):
        C[i] = 0.0
    for start in range(0, n, ROWS):
        rows = min(ROWS, n - start)
        for i in range(rows):
            enter_row(X, y, root[start + i], start + i, shift, B, Z, i)
        if rows % 2:
            for v in range(0, Z.size, COLUMN * LANES):
                for j in range(LANES):
                    Z[v + rows * LANES + j] = 0.0
        grow(Z, rows + rows % 2, C, wide, X, (start + ROWS) * bytes_of_row, 1 + bytes_of_row // tiles)
    for i in range(d + k + 1):
        for j in range(i, d + k + 1):
            # In Z the columns are X, y, 1; in P they are 1, y, X.
            p = i + 1 + k if i < d else (i - d + 1 if i < d + k else 0)
            q = j + 1 + k if j < d else (j - d + 1 if j < d + k else 0)
            P[p, q] = C[i * wide + j]
            P[q, p] = C[i * wide + j]


def enter_row(X: Array, y: Array, root: float, r: int, shift: Array, B: Array, Z: Array, i: int) -> None:
    """Row r of X and y as row i of Z."""
    d, k = X.shape[1], y.shape[1]
    vectors = d // LANES
    for q in range(k):
        told = enter(X, r * d, shift, root, B, q * d, vectors, Z, i * LANES)
        for j in range(vectors * LANES, d):
            moved = (X[r, j] - shift[j]) * root
            Z[(vectors * COLUMN + i) * LANES + j - vectors * LANES] = moved
            told += moved * B[q * d + j]
        Z[((d + q) // LANES * COLUMN + i) * LANES + (d + q) % LANES] = y[r, q] * root - told
    Z[((d + k) // LANES * COLUMN + i) * LANES + (d + k) % LANES] = root


def grow(Z: Array, rows: int, C: Array, wide: int, X: Array, ahead: int, step: int) -> None:
    """C += Z'Z on and above the diagonal, for an even number of rows."""
    across = COLUMN * LANES
    for right in range(0, wide, 3 * LANES):
        end = min(right + 3 * LANES, wide)
        for down in range(0, end, HEIGHT):
            left = max(right, down // LANES * LANES)
            a, z, c = down // LANES * across + down % LANES, left // LANES * across, down * wide + left
            if end - left == 3 * LANES:
                tile_of_three(Z, a, z, rows, C, c, wide, X, ahead, step)
            elif end - left == 2 * LANES:
                tile_of_two(Z, a, z, rows, C, c, wide, X, ahead, step)
            else:
                tile_of_one(Z, a, z, rows, C, c, wide, X, ahead, step)
            ahead += rows * step


def sum_of_tiles(columns: int) -> int:
    """How many tiles `grow` has for so many columns of squares."""
    tiles = 0
    for right in range(0, columns, 3):
        tiles += min(right + 3, columns)
    return tiles


def room(columns: int, lanes: int) -> tuple[Array, Array]:
    """Z and C for so many columns of Z; each thread keeps the last it had, because new memory costs time."""
    vectors = -(-columns // lanes)
    sizes = vectors * COLUMN * lanes, (vectors * lanes) ** 2
    if getattr(_kept, "sizes", None) != sizes:
        _kept.sizes, _kept.arrays = sizes, tuple(map(zeros, sizes))
    return _kept.arrays


_kept = threading.local()


def zeros(size: int, kind: Any = float) -> Array:
    """So many zeros, from the start of a line of the cache: a vector in two lines is fetched twice."""
    zeros = np.zeros(size + 16, kind)
    first = -zeros.ctypes.data % 64 // zeros.itemsize
    return zeros[first : first + size]


def best_lanes() -> int:
    """How many numbers a vector of this processor should have."""
    from llvmlite import binding  # pyright: ignore[reportMissingTypeStubs]

    try:
        features: Any = binding.get_host_cpu_features()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    except RuntimeError:  # a processor that LLVM does not know
        return 4
    return 8 if features.get("avx512f") else 4


@cache
def compiled(lanes: int | None = None) -> tuple[Any, int] | None:
    """`gram` in machine code, and its LANES; None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    if not hasattr(numba, "extending"):  # plain Python in the place of numba
        return gram, LANES
    lanes = lanes or best_lanes()
    parts: dict[str, Any] = {**globals(), "LANES": lanes, "HEIGHT": lanes, **in_vectors(numba, lanes, COLUMN)}
    for function in (enter_row, sum_of_tiles, grow):
        name = function.__name__
        parts[name] = numba.njit(**build.FUSED)(FunctionType(function.__code__, parts, name))
    return build.kept(numba, build.function_with(gram, parts, lanes)), lanes
