"""From a loss, a penalty and a method to one compiled function.

    look   z, y -> cost, slope             traced from loss.value_and_gradient
    move   w, G, memory -> w, memory       traced from penalty.gradient and method.step
    epoch  the loops of `kernels` around the two

Machine code is kept by numba beside this file, or in the user's cache folder, under a name made from the lines
themselves: a formula that changes is compiled anew, in about two seconds; a known one is there in a fraction of one.
"""

from __future__ import annotations

import hashlib
import math
import types
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import kernels
from groundup.solve.compiled.trace import Trace, UntraceableError
from groundup.solve.loop import Method, Point


class Lines(NamedTuple):
    """The code of a function, and the constants that it takes from c."""

    code: str
    constants: Array


def look_of(loss: Any, with_cost: bool) -> Lines:
    """look(z, y, c) -> cost, slope. The cost is left out, as 0, where no total asks for it.

    Raises UntraceableError where the loss cannot be written down in symbols.
    """
    trace = Trace()
    cost, slope = loss.value_and_gradient(trace.input("z"), trace.input("y"))
    lines, _, names = trace.lines([cost if with_cost else 0, slope])
    body = [*_constants(trace), *lines.splitlines(), f"return float({names[0].text}), float({names[1].text})"]
    return Lines(_function("look(z, y, c)", body), np.array(trace.constants))


def move_of(method: Method, penalty: Any, memory: Any) -> Lines:
    """move(w, G, mask, memory, s, c): G times s[0], plus the slope of the penalty, through the method's step.

    `memory` is one that the method made: its arrays are the rows of the kernel's memory, its numbers s[2], s[3], ...
    """
    trace = Trace()
    w, G, mask = (trace.input(f"{name}[i]", each=True) for name in ("w", "G", "mask"))
    scale, rate = trace.input("s0"), trace.input("s1")
    gradient = scale * G
    if penalty is not None:
        gradient = gradient + penalty.gradient(mask * w)
    remembered: list[Any] = []
    rows, numbers = 0, 2
    for value in memory:
        if isinstance(value, np.ndarray):
            remembered.append(trace.input(f"memory[{rows}, i]", each=True))
            rows += 1
        else:
            remembered.append(trace.input(f"s{numbers}"))
            numbers += 1
    objective: Any = types.SimpleNamespace(mask=mask)
    here = Point(w, math.nan, gradient)
    moved, kept = method.step(objective, here, type(memory)(*remembered) if memory else memory, rate)  # pyright: ignore[reportArgumentType]
    if len(kept) != len(memory):
        raise UntraceableError(f"{method!r} does not keep the shape of its memory")
    before, inside, names = trace.lines([moved, *kept])
    targets = ["w[i]", *(symbol.text if symbol.each else f"s[{symbol.text[1:]}]" for symbol in remembered)]
    stores = [f"{target} = {symbol.text}" for target, symbol in zip(targets, names, strict=True)]
    of_each = [store for store in stores if not store.startswith("s[")]
    body = [
        *_constants(trace),
        *(f"s{k} = s[{k}]" for k in range(numbers)),
        *before.splitlines(),
        "for i in range(w.size):",
        *(f"    {line}" for line in [*inside.splitlines(), *of_each]),
        *(store for store in stores if store not in of_each),
    ]
    return Lines(_function("move(w, G, mask, memory, s, c)", body), np.array(trace.constants))


def _constants(trace: Trace) -> list[str]:
    return [f"c{k} = c[{k}]" for k in range(len(trace.constants))]


def _function(head: str, body: list[str]) -> str:
    return "\n".join([f"def {head}:", *(f"    {line}" for line in body), ""])


@cache
def epoch(look: str, move: str, outputs: int, classes: bool) -> Any:
    """The compiled loop around these lines; None where numba is not installed."""
    numba = _numba()
    if numba is None:
        return None
    plain = kernels.epoch_of_one if outputs == 1 and not classes else kernels.epoch_of_many
    tools = _tools(numba)
    # Sums of a dot product may be taken in any order, and a product and a sum may be rounded once.
    fused = {"error_model": "numpy", "fastmath": {"contract"}}
    parts = {**vars(kernels), **tools, "move": numba.njit(**fused)(_written(move, "move"))}
    parts["look"] = None if classes else numba.njit(**fused)(_written(look, "look"))
    row = kernels.look_at_classes if classes else kernels.look_at_each
    parts["look_at_row"] = numba.njit(error_model="numpy")(types.FunctionType(row.__code__, dict(parts), row.__name__))
    name = f"{plain.__name__}_{hashlib.sha256(repr((look, move, classes)).encode()).hexdigest()[:16]}"
    loop = types.FunctionType(plain.__code__, parts, name)
    loop.__qualname__ = name
    return _kept(numba, loop)


def _kept(numba: Any, loop: Any) -> Any:
    """Compiled, and kept for the next process where some folder can be written to."""
    settings: dict[str, Any] = {"error_model": "numpy", "nogil": True}
    try:
        return numba.njit(cache=True, **settings)(loop)
    except RuntimeError:
        return numba.njit(**settings)(loop)


def _written(code: str, name: str) -> Any:
    space: dict[str, Any] = {"np": np}
    exec(compile(code, f"<{name}>", "exec"), space)  # our own lines, made of operators and constants only
    return space[name]


def _numba() -> Any:
    try:
        import numba  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        return None
    return numba


def _tools(numba: Any) -> dict[str, Any]:
    """The pieces that all loops share."""
    free = numba.njit(error_model="numpy", fastmath={"reassoc", "contract", "nsz"})
    return {
        "dot": free(kernels.dot),
        "add": free(kernels.add),
        "put": free(kernels.put),
        "slope_of_total": numba.njit(error_model="numpy")(kernels.slope_of_total),
        "call_for": _prefetch(numba),
    }


def _prefetch(numba: Any) -> Any:
    """`call_for`: one prefetch for each 64 bytes of the row."""
    from llvmlite import ir  # pyright: ignore[reportMissingTypeStubs]

    cgutils, kinds = numba.core.cgutils, numba.types
    from numba.extending import intrinsic  # pyright: ignore[reportMissingTypeStubs]

    @intrinsic
    def touch(typing: Any, X: Any, i: Any, j: Any) -> Any:  # pyright: ignore[reportUnusedParameter]
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array = context.make_array(signature.args[0])(context, builder, arguments[0])
            place = cgutils.get_item_pointer(context, builder, signature.args[0], array, list(arguments[1:]))
            byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
            kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
            prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
            builder.call(prefetch, [builder.bitcast(place, byte), number(0), number(3), number(1)])
            return context.get_dummy_value()

        return kinds.void(X, kinds.intp, kinds.intp), code

    @numba.njit
    def call_for(X: Any, i: Any) -> None:
        for j in range(0, X.shape[1], 64 // X.itemsize):
            touch(X, i, j)  # pyright: ignore[reportCallIssue]

    return call_for
