"""A compiled epoch of a network: forwards, backwards and one step of the method, batch after batch.

    a = f(a W + b), layer after layer  ->  look: cost and slope of a row  ->  back-propagation into G  ->  move

The products are those of `tiles`. For layers of a hundred neurons they are as fast as a BLAS, and there is no cost for
every call.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import build, kernels
from groundup.solve.compiled.build import EXACT, FREE, FUSED, Lines
from groundup.solve.compiled.kernels import TOGETHER, look_at_row, move, slope_of_total
from groundup.solve.compiled.small import compiled_flush, flush_small, settle
from groundup.solve.compiled.tiles import add_product, compiled_product
from groundup.solve.compiled.trace import Trace


def bend_of(activations: list[Any]) -> Lines:
    """bend(layer, A, F, c): f(z) into A and f'(z) into F, for the layers counted from 1."""
    body: list[str] = []
    constants: list[float] = []
    names = [repr(f) for f in activations]
    for name, f in dict(zip(names, activations, strict=True)).items():
        trace = Trace()
        x = trace.input("x")
        y = f.value(x)
        code, _, answers = trace.lines([y, f.derivative(x, y)])
        layers = " or ".join(f"layer == {k + 1}" for k, other in enumerate(names) if other == name)
        body += [f"if {layers}:", *(f"    c{k} = c[{k + len(constants)}]" for k in range(len(trace.constants)))]
        body += ["    for i in range(A.size):", "        x = A[i]", *(f"        {x}" for x in code.splitlines())]
        body += [f"        A[i], F[i] = float({answers[0].text}), float({answers[1].text})"]
        constants += trace.constants
    lines = ["def bend(layer, A, F, c):", *(f"    {line}" for line in [*body, "return"]), ""]
    return Lines("\n".join(lines), np.array(constants))


@cache
def tally(look: str, bends: str, classes: bool) -> Any:
    """The compiled tally of rows around these lines; None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    parts = {**build.tools(numba), **globals()}
    parts["look"] = None if classes else numba.njit(**FUSED)(build.written(look, "look", parts))
    parts["bend"] = numba.njit(**FUSED)(build.written(bends, "bend", parts))
    row = kernels.look_at_classes if classes else kernels.look_at_each
    parts["look_at_row"] = numba.njit(**EXACT)(build.function_with(row, parts))
    for function in (turned, put_biases, add_rows, bend_back):
        parts[function.__name__] = numba.njit(**EXACT)(function)
    parts["add_product"] = compiled_product(numba, FREE)
    return build.kept(numba, build.function_with(tally_of_network, parts, look, bends, classes))


@cache
def epoch(look: str, moves: str, bends: str, classes: bool) -> Any:
    """The compiled loop around these lines; None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    parts = {**build.tools(numba), **globals()}
    parts |= compiled_flush(numba)
    parts["tally_of_network"] = tally(look, bends, classes)
    parts["slope_of_total"] = numba.njit(**EXACT)(slope_of_total)
    parts["move"] = numba.njit(**FUSED)(build.written(moves, "move", parts))
    return build.kept(numba, build.function_with(epoch_of_network, parts, look, moves, bends, classes))


def bend(layer: int, A: Array, F: Array, c: Array) -> None:
    """The values and the slopes of the activation: what was traced takes its place."""
    raise NotImplementedError


def turned(W: Array, at: int, inputs: int, outputs: int, into: Array) -> None:
    """W' row by row."""
    for j in range(outputs):
        for k in range(inputs):
            into[j * inputs + k] = W[at + k * outputs + j]


def put_biases(A: Array, rows: int, width: int, b: Array, biased: bool) -> None:
    """Each row becomes the biases, or 0."""
    for r in range(rows):
        row = A[r * width : (r + 1) * width]
        for j in range(row.size):
            row[j] = b[j] if biased else 0.0


def add_rows(g: Array, rows: int, G: Array) -> None:
    """G += the sum of the rows."""
    for r in range(rows):
        row = g[r * G.size : (r + 1) * G.size]
        for j in range(G.size):
            G[j] += row[j]


def bend_back(g: Array, F: Array) -> None:
    """g f'(z)."""
    for p in range(g.size):
        g[p] *= F[p]


def tally_of_network(
    X: Array,
    y: Array,
    weight: Array,
    order: Array,
    start: int,
    stop: int,
    widths: Array,
    places: Array,
    biased: bool,
    centre: Array,
    scale: Array,
    w: Array,
    c_bend: Array,
    c_look: Array,
    costs: float,
    G: Array,
    sums: Array,
    A: Array,
    F: Array,
    g: Array,
    z: Array,
    slope: Array,
    W: Array,
) -> None:
    """Σ count cost and Σ count into sums, and the gradient of the first into G, over the rows order[start:stop].

    A and F have room for the values and slopes of TOGETHER rows in every layer, g for the slopes of the scores, twice;
    each row of a layer follows the one before.
    """
    layers, size = widths.size - 1, A.size // widths.size
    sums[0], sums[1] = 0.0, 0.0
    for p in range(G.size):
        G[p] = 0.0
    for first in range(start, stop, TOGETHER):
        rows = min(TOGETHER, stop - first)
        for r in range(rows):
            i = order[first + r]
            row = A[r * widths[0] : (r + 1) * widths[0]]
            for j in range(row.size):
                row[j] = X[i, j]
        for layer in range(layers):
            inputs, outputs, at = widths[layer], widths[layer + 1], places[layer]
            here, above = layer * size, (layer + 1) * size
            scores = A[above : above + rows * outputs]
            put_biases(scores, rows, outputs, w[at + inputs * outputs :], biased)
            add_product(A, here, inputs, 1, rows, inputs, w, at, A, above, outputs)
            if layer + 1 < layers:
                bend(layer + 1, scores, F[above : above + rows * outputs], c_bend)
        now, other, outputs = 0, size, y.shape[1]
        for r in range(rows):
            i, row = order[first + r], layers * size + r * outputs
            for k in range(outputs):
                z[k] = centre[k] + scale[k] * A[row + k]
            count = weight[i] if weight.size > 0 else 1.0
            sums[0] += count * look_at_row(z, y, i, c_look, slope)
            sums[1] += count * costs
            for k in range(outputs):
                g[r * outputs + k] = count * scale[k] * slope[k]
        for layer in range(layers - 1, -1, -1):
            inputs, outputs, at = widths[layer], widths[layer + 1], places[layer]
            here = layer * size
            add_product(A, here, 1, inputs, inputs, rows, g, now, G, at, outputs)
            if biased:
                add_rows(g[now : now + size], rows, G[at + inputs * outputs : at + (inputs + 1) * outputs])
            if layer > 0:
                turned(w, at, inputs, outputs, W)
                before = g[other : other + rows * inputs]
                put_biases(before, rows, inputs, w, False)
                add_product(g, now, outputs, 1, rows, outputs, W, 0, g, other, inputs)
                bend_back(before, F[here : here + rows * inputs])
                now, other = other, now


def epoch_of_network(
    X: Array,
    y: Array,
    weight: Array,
    order: Array,
    batch_size: int,
    widths: Array,
    places: Array,
    biased: bool,
    centre: Array,
    scale: Array,
    w: Array,
    mask: Array,
    memory: Array,
    s: Array,
    c_bend: Array,
    c_look: Array,
    c_move: Array,
    total: int,
    factor: float,
    costs: float,
    G: Array,
    sums: Array,
    A: Array,
    F: Array,
    g: Array,
    z: Array,
    slope: Array,
    W: Array,
) -> None:
    """One epoch; w, memory and s are changed in place. An empty `weight` is all ones."""
    settings = flush_small()
    for start in range(0, order.size, batch_size):
        stop = min(start + batch_size, order.size)
        shape = widths, places, biased, centre, scale
        tally_of_network(
            X, y, weight, order, start, stop, *shape, w, c_bend, c_look, costs, G, sums, A, F, g, z, slope, W
        )
        s[0] = slope_of_total(total, factor, sums[0], sums[1])
        move(w, G, mask, memory, s, c_move)
    settle(settings)
