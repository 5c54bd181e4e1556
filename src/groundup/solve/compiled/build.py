"""From a loss, a penalty and a method to one compiled function.

    look   z, y -> cost, slope             traced from loss.value_and_gradient
    move   w, G, memory -> w, memory       traced from penalty.gradient and method.step
    tally  the loops of `kernels` over rows, around look
    epoch  the loop of `kernels` over batches, around tally and move

Machine code is kept by numba beside this file, or in the user's cache folder, under a name made from the lines
themselves: a formula that changes is compiled anew, in some seconds; a known one is there in a fraction of one. Where
no folder can be written to, each process compiles for itself.
"""

from __future__ import annotations

import hashlib
import math
import os
from functools import cache
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import kernels, quick, small, tiles
from groundup.solve.compiled.trace import Trace, UntraceableError
from groundup.solve.loop import Method, Point

# A product and a sum may be rounded once. Sums of dot products may be taken in any order; no others. A formula that is
# called from its loop, and not part of it, is worked out for a number at a time: 20 ns a row of logistic loss, not 5.
EXACT: dict[str, Any] = {"error_model": "numpy", "_nrt": False}
FUSED: dict[str, Any] = {**EXACT, "fastmath": {"contract"}}
INSIDE: dict[str, Any] = {**FUSED, "forceinline": True}
FREE: dict[str, Any] = {**EXACT, "fastmath": {"reassoc", "contract", "nsz"}}

FIRST_CACHE, SECOND_CACHE = 3, 2  # how LLVM names where a prefetch brings the bytes


class Lines(NamedTuple):
    """The code of a function, and the constants that it takes from c."""

    code: str
    constants: Array


def look_of(loss: Any, with_cost: bool = True) -> Lines:
    """look(z, y, c) -> cost, slope. The cost may be left out, as 0.

    Raises UntraceableError where the loss cannot be written down in symbols.
    """
    trace = Trace()
    cost, slope = loss.value_and_gradient(trace.input("z"), trace.input("y"))
    lines, _, names = trace.lines([cost if with_cost else 0, slope])
    body = [*_constants(trace), *lines.splitlines(), f"return float({names[0].text}), float({names[1].text})"]
    return Lines(_function("look(z, y, c)", body), np.array(trace.constants))


def bend_of(loss: Any) -> Lines:
    """bend(z, y, c) -> second derivative of the cost; UntraceableError as for `look_of`."""
    trace = Trace()
    lines, _, names = trace.lines([loss.curvature(trace.input("z"), trace.input("y"), 1)])
    body = [*_constants(trace), *lines.splitlines(), f"return float({names[0].text})"]
    return Lines(_function("bend(z, y, c)", body), np.array(trace.constants))


def move_of(method: Method, penalty: Any, memory: Any, *, of_a_row: bool = False) -> Lines:
    """move(w, G, mask, memory, s, c): G times s[0], plus the slope of the penalty, through the method's step.

    For batches of one row, move_row(w, g, X, r, mask, memory, s, c), where G is g times that row and never stored.
    `memory` is one that the method made: its arrays are the rows of the kernel's memory, its numbers s[2], s[3], ...
    """
    trace = Trace()
    w, G, mask = (trace.input(text, each=True) for text in ("w[i]", "x" if of_a_row else "G[i]", "mask[i]"))
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
    objective: Any = SimpleNamespace(mask=mask)
    here = Point(w, math.nan, gradient)
    moved, kept = method.step(objective, here, type(memory)(*remembered) if memory else memory, rate)  # pyright: ignore[reportArgumentType]
    if len(kept) != len(memory):
        raise UntraceableError(f"{method!r} does not keep the shape of its memory")
    before, inside, names = trace.lines([moved, *kept])
    targets = ["w[i]", *(symbol.text if symbol.each else f"s[{symbol.text[1:]}]" for symbol in remembered)]
    stores = [f"{target} = {symbol.text}" for target, symbol in zip(targets, names, strict=True)]
    of_each = [store for store in stores if not store.startswith("s[")]
    once = [*_constants(trace), *(f"s{k} = s[{k}]" for k in range(numbers)), *before.splitlines()]
    each = [f"    {line}" for line in [*inside.splitlines(), *of_each]]
    last = [store for store in stores if store not in of_each]
    if of_a_row:
        each = ["for i in range(d):", "    x = g * X[r, i]", *each, "if w.size > d:", "    i, x = d, g", *each]
        head, once = "move_row(w, g, X, r, mask, memory, s, c)", ["d = X.shape[1]", *once]
    else:
        head, each = "move(w, G, mask, memory, s, c)", ["for i in range(w.size):", *each]
    return Lines(_function(head, [*once, *each, *last]), np.array(trace.constants))


def _constants(trace: Trace) -> list[str]:
    return [f"c{k} = c[{k}]" for k in range(len(trace.constants))]


def _function(head: str, body: list[str]) -> str:
    return "\n".join([f"def {head}:", *(f"    {line}" for line in body), ""])


@cache
def tally(look: str, many: bool, classes: bool) -> Any:
    """The compiled tally of rows around these lines; None where numba is not installed."""
    numba = numba_or_none()
    if numba is None:
        return None
    parts = tools(numba)
    parts["look"] = None if classes else numba.njit(**INSIDE)(written(look, "look", parts))
    row = kernels.look_at_classes if classes else kernels.look_at_each
    parts["look_at_rows"] = None if classes else numba.njit(**FUSED)(function_with(kernels.look_at_rows, parts))
    parts["look_at_row"] = numba.njit(**EXACT)(function_with(row, parts))
    plain = kernels.tally_of_many if many else kernels.tally_of_one
    return kept(numba, function_with(plain, parts, look, classes), forceinline=True)


@cache
def epoch(look: str, move: str, many: bool, classes: bool) -> Any:
    """The compiled loop around these lines; None where numba is not installed."""
    numba = numba_or_none()
    if numba is None:
        return None
    parts = tools(numba)
    parts["tally"] = tally(look, many, classes)
    parts["slope_of_total"] = numba.njit(**EXACT)(kernels.slope_of_total)
    parts["move"] = numba.njit(**FUSED)(written(move, "move", parts))
    return kept(numba, function_with(kernels.epoch_of_batches, parts, look, move, many, classes))


@cache
def epoch_of_rows(look: str, move_row: str) -> Any:
    """The same for batches of one row; None where numba is not installed."""
    numba = numba_or_none()
    if numba is None:
        return None
    parts = tools(numba)
    parts["slope_of_total"] = numba.njit(**EXACT)(kernels.slope_of_total)
    parts["look"] = numba.njit(**FUSED)(written(look, "look"))  # for one number the library's own exp is the faster one
    parts["move_row"] = numba.njit(**FUSED)(written(move_row, "move_row", parts))
    return kept(numba, function_with(kernels.epoch_of_rows, parts, look, move_row, "libm"))


def kept(numba: Any, loop: Any, **settings: Any) -> Any:
    """Compiled, and kept for the next process where some folder can be written to."""
    try:
        made = numba.njit(cache=True, nogil=True, **EXACT, **settings)(loop)
    except RuntimeError:
        return numba.njit(nogil=True, **EXACT, **settings)(loop)
    _load_alone(made)
    return made


def is_kept(made: Any) -> bool:
    """Whether it, or what it would become, lies ready: in this process, or in the folder of a former one.

    None does not. Where numba keeps nothing, or not as it used to, that is nobody's to know, and it is said to be so.
    """
    if made is None or getattr(made, "signatures", True):
        return made is not None
    index = getattr(getattr(getattr(made, "_cache", None), "_cache_file", None), "_index_path", None)
    return index is None or os.path.exists(index)


def _load_alone(made: Any) -> None:
    """What is kept comes without the compiler: numba makes ready all that it can compile with before it looks.

    That took 0.35 s once a process, SciPy's import among it, and the import of numba 0.15. Where nothing is kept,
    numba makes itself ready when it compiles.
    """
    cache = getattr(made, "_cache", None)
    if not all(
        hasattr(cache, name) for name in ("load_overload", "_load_overload", "_guard_against_spurious_io_errors")
    ):
        return

    def load(signature: Any, target: Any) -> Any:
        with cache._guard_against_spurious_io_errors():  # pyright: ignore
            return cache._load_overload(signature, target)  # pyright: ignore

    cache.load_overload = load  # pyright: ignore[reportOptionalMemberAccess]


def function_with(function: Any, parts: dict[str, Any], *kind: Any) -> Any:
    """The function with these parts in the place of its module's; `kind` names it, and all that is kept of it."""
    name = function.__name__
    if kind:
        # What a function calls is part of what is kept under its name.
        spaces = vars(kernels), vars(quick), vars(tiles), function.__globals__
        every = [f.__code__ for space in spaces for f in space.values() if isinstance(f, FunctionType)]
        known = [(c.co_code, [k for k in c.co_consts if not isinstance(k, CodeType)], c.co_names) for c in every]
        all_of_it = repr((kind, known, EXACT, sorted(FREE["fastmath"]), sorted(INSIDE), sorted(quick.SETTINGS)))
        name += f"_{hashlib.sha256(all_of_it.encode()).hexdigest()[:16]}"
    made = FunctionType(function.__code__, dict(parts), name)
    made.__qualname__ = name
    return made


def written(code: str, name: str, parts: dict[str, Any] | None = None) -> Any:
    """Our own lines, made of operators and constants only, as a function; with parts, they may use `quick`'s."""
    space: dict[str, Any] = {"np": np, **(parts or {})}
    exec(compile(code if parts is None else quick.with_quick(code), f"<{name}>", "exec"), space)
    return space[name]


def numba_or_none() -> Any:
    """The module numba, or None where it is not installed, or told by NUMBA_DISABLE_JIT=1 to compile nothing."""
    try:
        import numba  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        return None
    told_not_to = getattr(getattr(numba, "config", None), "DISABLE_JIT", False)
    return None if told_not_to else numba


def tools(numba: Any) -> dict[str, Any]:
    """The pieces that all loops share, beside what is in `kernels`."""
    return {
        **vars(kernels),
        **quick.quick_functions(numba),
        **{name: numba.njit(**FREE)(getattr(kernels, name)) for name in ("dot", "add", "put")},
        "call_for": _prefetch(numba, SECOND_CACHE),
        "call_near": _prefetch(numba, FIRST_CACHE),
        **small.compiled_flush(numba),
    }


def _prefetch(numba: Any, cache: int) -> Any:
    """`call_for` and `call_near`: one prefetch for each 64 bytes of a part of the row."""
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
            builder.call(prefetch, [builder.bitcast(place, byte), number(0), number(cache), number(1)])
            return context.get_dummy_value()

        return kinds.void(X, kinds.intp, kinds.intp), code

    @numba.njit(forceinline=True, **EXACT)
    def call_for(X: Any, i: Any, start: Any, stop: Any) -> None:
        for j in range(start, stop, 64 // X.itemsize):
            touch(X, i, j)  # pyright: ignore[reportCallIssue]

    return call_for
