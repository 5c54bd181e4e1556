"""A compiled epoch of a network: forwards, backwards and one step of the method, batch after batch.

    a = f(a W + b), layer after layer  ->  look: cost and slope of a row  ->  back-propagation into G  ->  move

The products are loops over rows of W, four at a time, so that a sum is fetched and put back once for four products.
For layers of a hundred neurons that is not much slower than a BLAS, and there is no cost for every call: digits through
64-64-10 neurons in batches of 32, an epoch takes 3 ms instead of 9 in NumPy.
"""

from __future__ import annotations

import hashlib
import math
import types
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import build, kernels
from groundup.solve.compiled.build import Lines
from groundup.solve.compiled.kernels import look_at_row, move, slope_of_total
from groundup.solve.compiled.trace import Trace


class NetworkTerms(NamedTuple):
    """What a compiled epoch must know of a network and its objective; `widths` has the inputs first, the scores last.

    Scores are centre + scale z. The other fields are those of `Terms`.
    """

    X: Array
    y: Array
    sample_weight: Array | None
    loss: Any
    total: int
    factor: float
    smoothing: float | None
    penalty: Any
    mask: Array
    widths: Array
    biased: bool
    activation: Any
    centre: Array
    scale: Array

    def epoch(self, method: Any, memory: Any, batch_size: int) -> NetworkEpoch:
        """The compiled epoch for this method."""
        return NetworkEpoch(self, method, memory, batch_size)


class NetworkEpoch:
    """One compiled epoch: parameters and memory in, parameters and memory out."""

    def __init__(self, terms: NetworkTerms, method: Any, memory: Any, batch_size: int):
        self.terms, self.batch_size = terms, batch_size
        classes = terms.smoothing is not None
        with_cost = terms.total == kernels.ROOT_MEAN
        look = Lines("", np.array([terms.smoothing])) if classes else build.look_of(terms.loss, with_cost)
        moves, bends = build.move_of(method, terms.penalty, memory), bend_of(terms.activation)
        self.loop = network_epoch(look.code, moves.code, bends.code, classes)
        self.constants = tuple(lines.constants.astype(float) for lines in (bends, look, moves))
        weight = np.empty(0) if terms.sample_weight is None else terms.sample_weight
        self.rows = tuple(np.ascontiguousarray(array, dtype=float) for array in (terms.X, terms.y, weight))
        self.total = terms.total, terms.factor, 1.0 if classes else float(terms.y.shape[1])

    def __call__(self, parameters: Array, memory: Any, order: Array | None, rate: float) -> tuple[Array, Any]:
        """Every row once in this order (None: as they lie), then the parameters and the memory after it."""
        terms, w = self.terms, np.array(parameters, dtype=float)
        arrays: list[Array] = [value for value in memory if isinstance(value, np.ndarray)]
        numbers = [float(value) for value in memory if not isinstance(value, np.ndarray)]
        rows, s = np.array(arrays, dtype=float).reshape(len(arrays), w.size), np.array([0.0, rate, *numbers])
        order = np.arange(len(self.rows[0])) if order is None else order
        shape = terms.widths, terms.biased, terms.centre, terms.scale
        moved = w, terms.mask.astype(float), rows, s
        self.loop(*self.rows, order, self.batch_size, *shape, *moved, *self.constants, *self.total)
        kept_arrays, kept_numbers = iter(rows), iter(s[2:].tolist())
        kept = [
            next(kept_arrays) if isinstance(value, np.ndarray) else type(value)(next(kept_numbers)) for value in memory
        ]
        return w, type(memory)(*kept) if memory else memory


def bend_of(activation: Any) -> Lines:
    """bend(x, c) -> f(x), f'(x): the activation, traced."""
    trace = Trace()
    x = trace.input("x")
    y = activation.value(x)
    code, _, names = trace.lines([y, activation.derivative(x, y)])
    constants = [f"c{k} = c[{k}]" for k in range(len(trace.constants))]
    body = [*constants, *code.splitlines(), f"return float({names[0].text}), float({names[1].text})"]
    return Lines("\n".join(["def bend(x, c):", *(f"    {line}" for line in body), ""]), np.array(trace.constants))


@cache
def network_epoch(look: str, moves: str, bends: str, classes: bool) -> Any:
    """The compiled loop around these lines; None where numba is not installed."""
    numba = _numba()
    if numba is None:
        return None
    exact: dict[str, Any] = {"error_model": "numpy"}
    fused = exact | {"fastmath": {"contract"}}
    parts: dict[str, Any] = {**vars(kernels), **globals()}
    parts["slope_of_total"] = numba.njit(**exact)(slope_of_total)
    parts["move"] = numba.njit(**fused)(_written(moves, "move"))
    parts["quick_tanh"] = numba.njit(**exact)(quick_tanh)
    parts["bend"] = numba.njit(**exact)(_written(bends.replace("np.tanh", "quick_tanh"), "bend", parts["quick_tanh"]))
    parts["look"] = None if classes else numba.njit(**exact)(_written(look, "look"))
    row = kernels.look_at_classes if classes else kernels.look_at_each
    for function in (row, forwards, gather_slopes, backwards):
        free = exact if function is row else exact | {"fastmath": {"reassoc", "contract", "nsz"}}
        name = "look_at_row" if function is row else function.__name__
        parts[name] = numba.njit(**free)(types.FunctionType(function.__code__, dict(parts), name))
    code = hashlib.sha256(repr((look, moves, bends, classes)).encode()).hexdigest()[:16]
    loop = types.FunctionType(epoch_of_network.__code__, parts, f"epoch_of_network_{code}")
    loop.__qualname__ = loop.__name__
    try:
        return numba.njit(cache=True, nogil=True, **exact)(loop)
    except RuntimeError:  # no folder to keep machine code in
        return numba.njit(nogil=True, **exact)(loop)


def _numba() -> Any:
    try:
        import numba  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        return None
    return numba


def _written(code: str, name: str, tanh: Any = None) -> Any:
    space: dict[str, Any] = {"np": np, "quick_tanh": tanh}
    exec(compile(code, f"<{name}>", "exec"), space)  # our own lines, made of operators and constants only
    return space[name]


def quick_tanh(x: float) -> float:
    """tanh to 2e-16: the library's own, one number at a time, took a third of an epoch.

    Near 0 the continued fraction x / (1 + x² / (3 + x² / (5 + ...))), cut after 13; further out (1 - t) / (1 + t) with
    t = e^(-2|x|), which the slope needs anyhow.
    """
    if abs(x) < 0.5:
        u = x * x
        return x * (135135 + u * (17325 + u * (378 + u))) / (135135 + u * (62370 + u * (3150 + 28 * u)))
    t = np.exp(-2 * abs(x))
    return math.copysign((1 - t) / (1 + t), x)


def bend(x: float, c: Array) -> tuple[float, float]:
    """The value and the slope of the activation: what was traced takes its place."""
    raise NotImplementedError


def forwards(A: Array, rows: int, w: Array, at: int, inputs: int, outputs: int, biased: bool, Z: Array) -> None:
    """Z = A W + b, with W and b from place `at` of w on."""
    fours = inputs - inputs % 4
    for r in range(rows):
        for j in range(outputs):
            Z[r, j] = w[at + inputs * outputs + j] if biased else 0.0
        for k in range(0, fours, 4):
            a0, a1, a2, a3 = A[r, k], A[r, k + 1], A[r, k + 2], A[r, k + 3]
            p = at + k * outputs
            W0, W1 = w[p : p + outputs], w[p + outputs : p + 2 * outputs]
            W2, W3 = w[p + 2 * outputs : p + 3 * outputs], w[p + 3 * outputs : p + 4 * outputs]
            for j in range(outputs):
                Z[r, j] += a0 * W0[j] + a1 * W1[j] + a2 * W2[j] + a3 * W3[j]
        for k in range(fours, inputs):
            for j in range(outputs):
                Z[r, j] += A[r, k] * w[at + k * outputs + j]


def gather_slopes(A: Array, rows: int, g: Array, at: int, inputs: int, outputs: int, biased: bool, G: Array) -> None:
    """A' g and Σ g into G, from place `at` on."""
    for p in range(at, at + (inputs + biased) * outputs):
        G[p] = 0.0
    fours = rows - rows % 4
    for r in range(0, fours, 4):
        for k in range(inputs):
            a0, a1, a2, a3 = A[r, k], A[r + 1, k], A[r + 2, k], A[r + 3, k]
            into = G[at + k * outputs : at + (k + 1) * outputs]
            for j in range(outputs):
                into[j] += a0 * g[r, j] + a1 * g[r + 1, j] + a2 * g[r + 2, j] + a3 * g[r + 3, j]
    for r in range(fours, rows):
        for k in range(inputs):
            for j in range(outputs):
                G[at + k * outputs + j] += A[r, k] * g[r, j]
    if biased:
        for r in range(rows):
            for j in range(outputs):
                G[at + inputs * outputs + j] += g[r, j]


def backwards(g: Array, rows: int, w: Array, at: int, inputs: int, outputs: int, slopes: Array, before: Array) -> None:
    """The slope of the layer before: (g W') f'(z)."""
    for r in range(rows):
        for k in range(inputs):
            total = 0.0
            W = w[at + k * outputs : at + (k + 1) * outputs]
            for j in range(outputs):
                total += g[r, j] * W[j]
            before[r, k] = total * slopes[r, k]


def epoch_of_network(
    X: Array,
    y: Array,
    weight: Array,
    order: Array,
    batch_size: int,
    widths: Array,
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
) -> None:
    """One epoch; w, memory and s are changed in place. An empty `weight` is all ones."""
    n, layers, widest = order.size, widths.size - 1, widths.max()
    A, F = np.empty((layers + 1, batch_size, widest)), np.empty((layers + 1, batch_size, widest))
    g, before = np.empty((batch_size, widest)), np.empty((batch_size, widest))
    z, slope, G = np.empty(y.shape[1]), np.empty(y.shape[1]), np.empty(w.size)
    places = np.zeros(layers + 1, np.int64)
    for layer in range(layers):
        places[layer + 1] = places[layer] + (widths[layer] + biased) * widths[layer + 1]
    for start in range(0, n, batch_size):
        rows = min(batch_size, n - start)
        for r in range(rows):
            for j in range(widths[0]):
                A[0, r, j] = X[order[start + r], j]
        for layer in range(layers):
            forwards(A[layer], rows, w, places[layer], widths[layer], widths[layer + 1], biased, A[layer + 1])
            if layer + 1 < layers:
                for r in range(rows):
                    for j in range(widths[layer + 1]):
                        A[layer + 1, r, j], F[layer + 1, r, j] = bend(A[layer + 1, r, j], c_bend)
        cost_sum, weight_sum = 0.0, 0.0
        for r in range(rows):
            i = order[start + r]
            for k in range(z.size):
                z[k] = centre[k] + scale[k] * A[layers, r, k]
            cost = look_at_row(z, y, i, c_look, slope)
            count = weight[i] if weight.size > 0 else 1.0
            cost_sum += count * cost
            weight_sum += count * costs
            for k in range(z.size):
                g[r, k] = count * scale[k] * slope[k]
        for layer in range(layers - 1, -1, -1):
            inputs, outputs = widths[layer], widths[layer + 1]
            gather_slopes(A[layer], rows, g, places[layer], inputs, outputs, biased, G)
            if layer > 0:
                backwards(g, rows, w, places[layer], inputs, outputs, F[layer], before)
                g, before = before, g
        s[0] = slope_of_total(total, factor, cost_sum, weight_sum)
        move(w, G, mask, memory, s, c_move)
