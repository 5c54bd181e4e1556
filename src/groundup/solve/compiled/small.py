"""Numbers below 2.2e-308 become 0 during an epoch: a processor takes a hundred times as long for each of them.

What a method remembers of a gradient that has become 0, as behind a neuron that is dead, is multiplied by 0.9 with
every update, and after 7,000 of them is such a number. A network of 20 x 128 x 128 with Adam then took 2.0 instead of
0.25 s an epoch. They are 300 orders of magnitude below anything that moves a weight.
"""

from __future__ import annotations

import platform
from typing import Any

FLUSH = 1 << 15
"""The bit of the control register MXCSR that says so (Intel, Software Developer's Manual, volume 1, 10.2.3)."""


def flush_small() -> int:
    """Results that small become 0 from now on; returns the settings before: `compiled_flush` does it."""
    return 0


def settle(settings: int) -> None:
    """These settings again."""


def compiled_flush(numba: Any) -> dict[str, Any]:
    """Both in machine code; on processors that are not of Intel's kind they do nothing."""
    known = platform.machine().lower() in ("x86_64", "amd64")
    if not hasattr(numba, "extending"):  # plain Python in the place of numba
        return {"flush_small": flush_small, "settle": settle}
    if not known:
        return {"flush_small": numba.njit(flush_small), "settle": numba.njit(settle)}
    from llvmlite import ir  # pyright: ignore[reportMissingTypeStubs]
    from numba.extending import intrinsic  # pyright: ignore[reportMissingTypeStubs]

    cgutils, kinds, register = numba.core.cgutils, numba.types, ir.IntType(32)

    def call(builder: Any, name: str, place: Any) -> None:
        byte = ir.IntType(8).as_pointer()
        function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(ir.VoidType(), [byte]), name)
        builder.call(function, [builder.bitcast(place, byte)])

    def put(builder: Any, settings: Any) -> None:
        place = cgutils.alloca_once(builder, register)
        builder.store(settings, place)
        call(builder, "llvm.x86.sse.ldmxcsr", place)

    @intrinsic
    def flush(typing: Any) -> Any:  # pyright: ignore[reportUnusedParameter]
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            place = cgutils.alloca_once(builder, register)
            call(builder, "llvm.x86.sse.stmxcsr", place)
            before = builder.load(place)
            put(builder, builder.or_(before, register(FLUSH)))
            return before

        return kinds.int32(), code

    @intrinsic
    def settle_again(typing: Any, settings: Any) -> Any:  # pyright: ignore[reportUnusedParameter]
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            put(builder, arguments[0])
            return context.get_dummy_value()

        return kinds.void(kinds.int32), code

    return {"flush_small": flush, "settle": settle_again}
