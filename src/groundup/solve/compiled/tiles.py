"""Products of small matrices: C += A W, four rows by eight columns of C at a time, kept in registers all the while.

Every number of W that is fetched is used for four rows, and every sum is fetched and put back once. A BLAS does the
same, but each of its calls costs as much as a product of 32 x 10; and numba has none without SciPy.

Matrices lie in flat arrays. A is given by the place of its first number and by how far it is to the next row and to the
next column, so that A' is the same numbers with other distances. W and C lie row by row.

Goto, van de Geijn, Anatomy of high-performance matrix multiplication, ACM TOMS 34 (2008).
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

from groundup._arrays import Array

ROWS = 4
"""How many rows a tile has."""


def tile_of_eight(
    A: Array, a: int, to_row: int, to_column: int, depth: int, W: Array, w: int, C: Array, c: int, columns: int
) -> None:
    """C[4 x 8] += A W over `depth` columns of A; `columns` is the distance from row to row of W and of C."""
    _tile(8, A, a, to_row, to_column, depth, W, w, C, c, columns)


def tile_of_two(
    A: Array, a: int, to_row: int, to_column: int, depth: int, W: Array, w: int, C: Array, c: int, columns: int
) -> None:
    """The same, two columns wide."""
    _tile(2, A, a, to_row, to_column, depth, W, w, C, c, columns)


def _tile(wide: int, *given: Any) -> None:
    """The definition: what `compiled_tiles` puts in the place of both does the same in vectors."""
    A, a, to_row, to_column, depth, W, w, C, c, columns = given
    for q in range(ROWS):
        for j in range(wide):
            for k in range(depth):
                C[c + q * columns + j] += A[a + q * to_row + k * to_column] * W[w + k * columns + j]


def add_product(
    A: Array,
    a: int,
    to_row: int,
    to_column: int,
    rows: int,
    depth: int,
    W: Array,
    w: int,
    C: Array,
    c: int,
    columns: int,
) -> None:
    """C (rows, columns) += A (rows, depth) W (depth, columns)."""
    whole, even = columns - columns % 8, columns - columns % 2
    for q in range(0, rows - rows % ROWS, ROWS):
        first, into = a + q * to_row, c + q * columns
        for j in range(0, whole, 8):
            tile_of_eight(A, first, to_row, to_column, depth, W, w + j, C, into + j, columns)
        for j in range(whole, even, 2):
            tile_of_two(A, first, to_row, to_column, depth, W, w + j, C, into + j, columns)
        if even < columns:
            for r in range(q, q + ROWS):
                for k in range(depth):
                    C[c + r * columns + even] += A[a + r * to_row + k * to_column] * W[w + k * columns + even]
    for q in range(rows - rows % ROWS, rows):
        for k in range(depth):
            for j in range(columns):
                C[c + q * columns + j] += A[a + q * to_row + k * to_column] * W[w + k * columns + j]


def compiled_product(numba: Any, settings: dict[str, Any], height: int = ROWS) -> Any:
    """`add_product` in machine code, with tiles of so many rows."""
    parts: dict[str, Any] = {**globals(), "ROWS": height}
    if hasattr(numba, "extending"):  # not plain Python in the place of numba
        parts |= {"tile_of_eight": _vectors(numba, 8, height), "tile_of_two": _vectors(numba, 2, height)}
    return numba.njit(**settings)(FunctionType(add_product.__code__, parts, "add_product"))


def _vectors(numba: Any, wide: int, height: int) -> Any:
    """A tile of so many vectors: each is a row of C, and grows by a number of A times a vector of W."""
    from llvmlite import ir  # pyright: ignore[reportMissingTypeStubs]
    from numba.extending import intrinsic  # pyright: ignore[reportMissingTypeStubs]

    cgutils, kinds = numba.core.cgutils, numba.types
    whole, lane = ir.IntType(64), ir.IntType(32)
    vector = ir.VectorType(ir.DoubleType(), wide)

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def numbers(which: int) -> Any:
            return context.make_array(signature.args[which])(context, builder, arguments[which]).data

        def some(array: Any, place: Any) -> Any:
            return builder.bitcast(builder.gep(array, [place]), vector.as_pointer())

        def at(start: Any, *steps: tuple[Any, Any]) -> Any:
            for count, step in steps:
                start = builder.add(start, builder.mul(count, step))
            return start

        A, W, C = numbers(0), numbers(5), numbers(7)
        a, to_row, to_column, depth, w, c, columns = (arguments[k] for k in (1, 2, 3, 4, 6, 8, 9))
        rows = [some(C, at(c, (whole(q), columns))) for q in range(height)]
        sums = [cgutils.alloca_once_value(builder, builder.load(row, align=8)) for row in rows]
        with cgutils.for_range(builder, depth) as loop:
            line = builder.load(some(W, at(w, (loop.index, columns))), align=8)
            for q in range(height):
                one = builder.load(builder.gep(A, [at(a, (whole(q), to_row), (loop.index, to_column))]))
                first = builder.insert_element(ir.Constant(vector, None), one, lane(0))
                same = builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(lane, wide), [0] * wide))
                product = builder.fmul(same, line, flags=["contract"])
                builder.store(builder.fadd(builder.load(sums[q]), product, flags=["contract"]), sums[q])
        for row, total in zip(rows, sums, strict=True):
            builder.store(builder.load(total), row, align=8)
        return context.get_dummy_value()

    @intrinsic
    def tile(typing: Any, A: Any, a: Any, to_row: Any, to_column: Any, depth: Any, W: Any, w: Any, C: Any, c: Any, columns: Any) -> Any:  # fmt: skip  # noqa: E501
        return kinds.void(A, *(kinds.intp,) * 4, W, kinds.intp, C, kinds.intp, kinds.intp), code

    return tile
