"""A compiled epoch of a network: forwards, backwards and one step of the method, batch after batch.

    a = f(a W + b), layer after layer  ->  look: cost and slope of a row  ->  back-propagation into G  ->  move

The products are loops over rows and columns, four by four, so that what is fetched once is used four times. For layers
of a hundred neurons that is not much slower than a BLAS, and there is no cost for every call.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import build, kernels
from groundup.solve.compiled.build import EXACT, FREE, FUSED, Lines
from groundup.solve.compiled.kernels import TOGETHER, look_at_row, move, slope_of_total
from groundup.solve.compiled.trace import Trace


def bend_of(activations: list[Any]) -> Lines:
    """bend(layer, rows, width, A, F, c): f(z) into A and f'(z) into F, for the layers counted from 1."""
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
        body += ["    for r in range(rows):", "        for j in range(width):", "            x = A[r, j]"]
        body += [f"            {line}" for line in code.splitlines()]
        body += [f"            A[r, j], F[r, j] = float({answers[0].text}), float({answers[1].text})"]
        constants += trace.constants
    lines = ["def bend(layer, rows, width, A, F, c):", *(f"    {line}" for line in [*body, "return"]), ""]
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
    for function in (multiply, gather, turned):
        parts[function.__name__] = numba.njit(**FREE)(function)
    return build.kept(numba, build.function_with(tally_of_network, parts, look, bends, classes))


@cache
def epoch(look: str, moves: str, bends: str, classes: bool) -> Any:
    """The compiled loop around these lines; None where numba is not installed."""
    numba = build.numba_or_none()
    if numba is None:
        return None
    parts = {**build.tools(numba), **globals()}
    parts["tally_of_network"] = tally(look, bends, classes)
    parts["slope_of_total"] = numba.njit(**EXACT)(slope_of_total)
    parts["move"] = numba.njit(**FUSED)(build.written(moves, "move", parts))
    return build.kept(numba, build.function_with(epoch_of_network, parts, look, moves, bends, classes))


def bend(layer: int, rows: int, width: int, A: Array, F: Array, c: Array) -> None:
    """The values and the slopes of the activation: what was traced takes its place."""
    raise NotImplementedError


def multiply(A: Array, rows: int, inputs: int, W: Array, at: int, outputs: int, Z: Array) -> None:
    """Z += A W, with W from place `at` of a flat vector on, row by row."""
    some, four = rows - rows % 4, inputs - inputs % 4
    for r in range(0, some, 4):
        Z0, Z1, Z2, Z3 = Z[r], Z[r + 1], Z[r + 2], Z[r + 3]
        A0, A1, A2, A3 = A[r], A[r + 1], A[r + 2], A[r + 3]
        for k in range(0, four, 4):
            p = at + k * outputs
            W0, W1 = W[p : p + outputs], W[p + outputs : p + 2 * outputs]
            W2, W3 = W[p + 2 * outputs : p + 3 * outputs], W[p + 3 * outputs : p + 4 * outputs]
            a, b, c, d = A0[k], A0[k + 1], A0[k + 2], A0[k + 3]
            e, f, g, h = A1[k], A1[k + 1], A1[k + 2], A1[k + 3]
            l, m, n, o = A2[k], A2[k + 1], A2[k + 2], A2[k + 3]
            q, s, t, u = A3[k], A3[k + 1], A3[k + 2], A3[k + 3]
            for j in range(outputs):
                Z0[j] += a * W0[j] + b * W1[j] + c * W2[j] + d * W3[j]
                Z1[j] += e * W0[j] + f * W1[j] + g * W2[j] + h * W3[j]
                Z2[j] += l * W0[j] + m * W1[j] + n * W2[j] + o * W3[j]
                Z3[j] += q * W0[j] + s * W1[j] + t * W2[j] + u * W3[j]
        for k in range(four, inputs):
            for j in range(outputs):
                v = W[at + k * outputs + j]
                Z0[j] += A0[k] * v
                Z1[j] += A1[k] * v
                Z2[j] += A2[k] * v
                Z3[j] += A3[k] * v
    for r in range(some, rows):
        for k in range(inputs):
            for j in range(outputs):
                Z[r, j] += A[r, k] * W[at + k * outputs + j]


def gather(A: Array, rows: int, inputs: int, g: Array, outputs: int, G: Array, at: int) -> None:
    """G += A' g, with G from place `at` of a flat vector on, row by row."""
    some, four = rows - rows % 4, inputs - inputs % 4
    for r in range(0, some, 4):
        g0, g1, g2, g3 = g[r], g[r + 1], g[r + 2], g[r + 3]
        A0, A1, A2, A3 = A[r], A[r + 1], A[r + 2], A[r + 3]
        for k in range(0, four, 4):
            p = at + k * outputs
            G0, G1 = G[p : p + outputs], G[p + outputs : p + 2 * outputs]
            G2, G3 = G[p + 2 * outputs : p + 3 * outputs], G[p + 3 * outputs : p + 4 * outputs]
            a, b, c, d = A0[k], A1[k], A2[k], A3[k]
            e, f, q, h = A0[k + 1], A1[k + 1], A2[k + 1], A3[k + 1]
            l, m, n, o = A0[k + 2], A1[k + 2], A2[k + 2], A3[k + 2]
            s, t, u, v = A0[k + 3], A1[k + 3], A2[k + 3], A3[k + 3]
            for j in range(outputs):
                G0[j] += a * g0[j] + b * g1[j] + c * g2[j] + d * g3[j]
                G1[j] += e * g0[j] + f * g1[j] + q * g2[j] + h * g3[j]
                G2[j] += l * g0[j] + m * g1[j] + n * g2[j] + o * g3[j]
                G3[j] += s * g0[j] + t * g1[j] + u * g2[j] + v * g3[j]
        for k in range(four, inputs):
            for j in range(outputs):
                G[at + k * outputs + j] += A0[k] * g0[j] + A1[k] * g1[j] + A2[k] * g2[j] + A3[k] * g3[j]
    for r in range(some, rows):
        for k in range(inputs):
            for j in range(outputs):
                G[at + k * outputs + j] += A[r, k] * g[r, j]


def turned(W: Array, at: int, inputs: int, outputs: int, into: Array) -> None:
    """W' row by row, so that g W' is a product like the others."""
    for j in range(outputs):
        for k in range(inputs):
            into[j * inputs + k] = W[at + k * outputs + j]


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

    A and F have room for the values and slopes of TOGETHER rows in every layer, g for the slopes of the scores, twice.
    """
    layers = widths.size - 1
    sums[0], sums[1] = 0.0, 0.0
    for p in range(G.size):
        G[p] = 0.0
    for first in range(start, stop, TOGETHER):
        rows = min(TOGETHER, stop - first)
        for r in range(rows):
            i = order[first + r]
            for j in range(widths[0]):
                A[0, r, j] = X[i, j]
        for layer in range(layers):
            inputs, outputs, at = widths[layer], widths[layer + 1], places[layer]
            for r in range(rows):
                for j in range(outputs):
                    A[layer + 1, r, j] = w[at + inputs * outputs + j] if biased else 0.0
            multiply(A[layer], rows, inputs, w, at, outputs, A[layer + 1])
            if layer + 1 < layers:
                bend(layer + 1, rows, outputs, A[layer + 1], F[layer + 1], c_bend)
        now = 0
        for r in range(rows):
            i = order[first + r]
            for k in range(y.shape[1]):
                z[k] = centre[k] + scale[k] * A[layers, r, k]
            count = weight[i] if weight.size > 0 else 1.0
            sums[0] += count * look_at_row(z, y, i, c_look, slope)
            sums[1] += count * costs
            for k in range(y.shape[1]):
                g[now, r, k] = count * scale[k] * slope[k]
        for layer in range(layers - 1, -1, -1):
            inputs, outputs, at = widths[layer], widths[layer + 1], places[layer]
            gather(A[layer], rows, inputs, g[now], outputs, G, at)
            if biased:
                for r in range(rows):
                    for j in range(outputs):
                        G[at + inputs * outputs + j] += g[now, r, j]
            if layer > 0:
                turned(w, at, inputs, outputs, W)
                for r in range(rows):
                    for k in range(inputs):
                        g[1 - now, r, k] = 0.0
                multiply(g[now], rows, outputs, W, 0, inputs, g[1 - now])
                now = 1 - now
                for r in range(rows):
                    for k in range(inputs):
                        g[now, r, k] *= F[layer, r, k]


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
    for start in range(0, order.size, batch_size):
        stop = min(start + batch_size, order.size)
        shape = widths, places, biased, centre, scale
        tally_of_network(
            X, y, weight, order, start, stop, *shape, w, c_bend, c_look, costs, G, sums, A, F, g, z, slope, W
        )
        s[0] = slope_of_total(total, factor, sums[0], sums[1])
        move(w, G, mask, memory, s, c_move)
