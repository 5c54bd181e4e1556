"""The two inner loops of `gram` in vectors: as LLVM's own instructions, because a compiler would not find them."""

from __future__ import annotations

from typing import Any


def in_vectors(numba: Any, lanes: int, column: int, single: bool = False) -> dict[str, Any]:
    """`enter` and the tiles for so many numbers in a vector and vectors in a column of Z.

    In single precision there are the tiles alone, half as high as they are wide: their sums fill as many registers.
    """
    from llvmlite import ir  # pyright: ignore[reportMissingTypeStubs]
    from numba.extending import intrinsic  # pyright: ignore[reportMissingTypeStubs]

    cgutils, kinds = numba.core.cgutils, numba.types
    number, whole, lane = ir.FloatType() if single else ir.DoubleType(), ir.IntType(64), ir.IntType(32)
    height = lanes // 2 if single else lanes
    vector, whole_kind = ir.VectorType(number, lanes), kinds.intp
    nothing = ir.Constant(vector, [0.0] * lanes)

    def numbers(context: Any, builder: Any, signature: Any, arguments: Any, which: int) -> Any:
        return context.make_array(signature.args[which])(context, builder, arguments[which]).data

    def some(builder: Any, array: Any, place: Any, kind: Any = vector) -> Any:
        return builder.bitcast(builder.gep(array, [place]), kind.as_pointer())

    def at(builder: Any, start: Any, *steps: tuple[Any, int]) -> Any:
        for count, step in steps:
            start = builder.add(start, builder.mul(count, whole(step)) if step != 1 else count)
        return start

    def everywhere(builder: Any, one: Any) -> Any:
        first = builder.insert_element(nothing, one, lane(0))
        return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(lane, lanes), [0] * lanes))

    def add_product(builder: Any, total: Any, one: Any, other: Any) -> None:
        product = builder.fmul(one, other, flags=["contract"])
        builder.store(builder.fadd(builder.load(total), product, flags=["contract"]), total)

    def tile_of(squares: int) -> Any:
        turns = 2 if squares == 1 else 1  # one square alone would wait for its own sums

        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            Z, C, X = (numbers(context, builder, signature, arguments, k) for k in (0, 4, 7))
            a, z, rows, c, wide, ahead, step = (arguments[k] for k in (1, 2, 3, 5, 6, 8, 9))
            byte = ir.IntType(8).as_pointer()
            kind = ir.FunctionType(ir.VoidType(), [byte, lane, lane, lane])
            prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
            next_row = builder.gep(builder.bitcast(X, byte), [ahead])
            places = [(i, s) for i in range(height) for s in range(squares)]
            sums = [{p: cgutils.alloca_once_value(builder, nothing) for p in places} for _ in range(turns)]
            with cgutils.for_range(builder, builder.sdiv(rows, whole(turns))) as loop:
                called = builder.gep(next_row, [builder.mul(loop.index, builder.mul(step, whole(turns)))])
                builder.call(prefetch, [called, lane(0), lane(2), lane(1)])
                for turn in range(turns):
                    r = at(builder, whole(turn * lanes), (loop.index, turns * lanes))
                    line = [
                        builder.load(some(builder, Z, at(builder, z, (r, 1), (whole(s), column * lanes))), align=8)
                        for s in range(squares)
                    ]
                    for i in range(height):
                        one = builder.load(builder.gep(Z, [at(builder, a, (r, 1), (whole(i), 1))]))
                        same = everywhere(builder, one)
                        for s in range(squares):
                            add_product(builder, sums[turn][i, s], same, line[s])
            for i, s in places:
                total = builder.load(sums[0][i, s])
                for more in sums[1:]:
                    total = builder.fadd(total, builder.load(more[i, s]))
                into = some(builder, C, builder.add(at(builder, c, (wide, i)), whole(s * lanes)))
                builder.store(builder.fadd(builder.load(into, align=8), total), into, align=8)
            return context.get_dummy_value()

        @intrinsic
        def tile(typing: Any, Z: Any, a: Any, z: Any, rows: Any, C: Any, c: Any, wide: Any, X: Any, ahead: Any, step: Any) -> Any:  # fmt: skip  # noqa: E501
            return kinds.void(Z, *(whole_kind,) * 3, C, *(whole_kind,) * 2, X, *(whole_kind,) * 2), code

        return tile

    def code_to_enter(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        X, shift, B, Z = (numbers(context, builder, signature, arguments, k) for k in (0, 2, 4, 7))
        x, root, b, vectors, z = (arguments[k] for k in (1, 3, 5, 6, 8))
        source = ir.VectorType(context.get_data_type(signature.args[0].dtype), lanes)
        roots = everywhere(builder, root)
        told = [cgutils.alloca_once_value(builder, nothing) for _ in range(4)]

        def one(v: Any, told: Any) -> None:
            place = at(builder, whole(0), (v, lanes))
            taken = builder.load(some(builder, X, builder.add(x, place), source), align=4)
            taken = taken if source == vector else builder.fpext(taken, vector)
            moved = builder.fsub(taken, builder.load(some(builder, shift, place), align=8))
            moved = builder.fmul(moved, roots)
            builder.store(moved, some(builder, Z, at(builder, z, (v, column * lanes))), align=8)
            add_product(builder, told, moved, builder.load(some(builder, B, builder.add(b, place)), align=8))

        fours = builder.sdiv(vectors, whole(4))
        with cgutils.for_range(builder, fours) as loop:
            for k in range(4):
                one(at(builder, whole(k), (loop.index, 4)), told[k])
        done = at(builder, whole(0), (fours, 4))
        with cgutils.for_range(builder, builder.sub(vectors, done)) as loop:
            one(builder.add(done, loop.index), told[0])
        sums = [builder.load(part) for part in told]
        total = builder.fadd(builder.fadd(sums[0], sums[1]), builder.fadd(sums[2], sums[3]))
        parts = [builder.extract_element(total, lane(j)) for j in range(lanes)]
        while len(parts) > 1:
            parts = [builder.fadd(p, q) for p, q in zip(parts[::2], parts[1::2], strict=True)]
        return parts[0]

    @intrinsic
    def enter(typing: Any, X: Any, x: Any, shift: Any, root: Any, B: Any, b: Any, vectors: Any, Z: Any, z: Any) -> Any:
        return kinds.float64(X, whole_kind, shift, kinds.float64, B, *(whole_kind,) * 2, Z, whole_kind), code_to_enter

    tiles = {"tile_of_one": tile_of(1), "tile_of_two": tile_of(2), "tile_of_three": tile_of(3)}
    return tiles if single else {"enter": enter, **tiles}
