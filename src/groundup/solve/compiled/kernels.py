"""The loops of an epoch: batches, rows, features. They are compiled by `build`, with its own `look` and `move`.

    z = x w + b  ->  look: cost and slope of a row  ->  G += slope x  ->  move: one step of the method, after each batch

Rows are visited in the order that `Blocks.batches` made: a permutation of all rows, every one of them equally likely.
They lie scattered in memory, and would cost a wait of a hundred nanoseconds each; so the row after next is called for
while this one is worked on. Sums of a batch are taken in float64, also where the rows are float32.
"""

from __future__ import annotations

import math

import numpy as np

from groundup._arrays import Array

AHEAD = 8
"""How many rows beforehand memory is asked for one."""

SUM, MEAN, ROOT_MEAN = 0, 1, 2
"""What a total does with the sum of costs S and the sum of weights W."""


def look(z: float, y: float, c: Array) -> tuple[float, float]:
    """Cost and slope of one score: what `build` traced from the loss takes its place."""
    raise NotImplementedError


def move(w: Array, G: Array, mask: Array, memory: Array, s: Array, c: Array) -> None:
    """One step of the method: what `build` traced takes its place. s holds the slope of the total, the rate, ..."""
    raise NotImplementedError


def call_for(X: Array, i: int) -> None:
    """Ask memory for row i: `build` puts a prefetch in its place."""


def dot(X: Array, i: int, w: Array) -> float:
    """x w, without the bias."""
    z = 0.0
    for j in range(X.shape[1]):
        z += X[i, j] * w[j]
    return z


def add(G: Array, g: float, X: Array, i: int) -> None:
    """G += g x."""
    for j in range(X.shape[1]):
        G[j] += g * X[i, j]


def put(G: Array, g: float, X: Array, i: int) -> None:
    """G = g x, for the first row of a batch: G need not be emptied before."""
    for j in range(X.shape[1]):
        G[j] = g * X[i, j]


def slope_of_total(total: int, factor: float, S: float, W: float) -> float:
    """d total / d S: 1, factor / W, or 1 / (2 W sqrt(S / W)), which is 0 at S = 0."""
    if total == SUM:
        return factor
    if total == MEAN:
        return factor / W
    return 0.5 / W / math.sqrt(S / W) if S > 0.0 else S * 0.0


def look_at_each(z: Array, y: Array, i: int, c: Array, g: Array) -> float:
    """Several outputs, each with a cost of its own: fills g with their slopes, and returns the sum of the costs."""
    cost_sum = 0.0
    for k in range(z.size):
        cost, g[k] = look(z[k], y[i, k], c)
        cost_sum += cost
    return cost_sum


def look_at_classes(z: Array, y: Array, i: int, c: Array, g: Array) -> float:
    """softmax(z) - y, for cross-entropy with labels smoothed by c[0]. Its mean has no use for the cost: returns 0.

    With r = Σ e^(z - max z) over all but the top class: e / (1 + r) - y = (e (1 - y) - (r + 1 - e) y) / (1 + r).
    """
    top = 0
    for k in range(z.size):
        if z[k] > z[top]:
            top = k
    rest = 0.0
    for k in range(z.size):
        g[k] = math.exp(z[k] - z[top]) if k != top else 1.0 + 0.0 * z[k]
        if k != top:
            rest += g[k]
    for k in range(z.size):
        label = (1.0 - c[0]) * y[i, k] + c[0] / z.size if c[0] > 0.0 else y[i, k]
        g[k] = (g[k] * (1.0 - label) - (rest + (1.0 - g[k])) * label) / (1.0 + rest)
    return 0.0


look_at_row = look_at_each
"""Or `look_at_classes`: `build` chooses."""


def epoch_of_one(
    X: Array,
    y: Array,
    weight: Array,
    order: Array,
    batch_size: int,
    w: Array,
    mask: Array,
    memory: Array,
    s: Array,
    c_look: Array,
    c_move: Array,
    total: int,
    factor: float,
    costs: float,
) -> None:
    """One epoch of a model with one output; w, memory and s are changed in place. An empty `weight` is all ones.

    `costs` is the number of costs of a row: one for each output, or one for a row of classes.
    """
    n, d = order.size, X.shape[1]
    G = np.zeros(w.size)
    for start in range(0, n, batch_size):
        stop = min(start + batch_size, n)
        bias = w[d] if w.size > d else 0.0
        cost_sum, weight_sum, level = 0.0, 0.0, 0.0
        for r in range(start, stop):
            i = order[r]
            call_for(X, order[min(r + AHEAD, n - 1)])
            cost, g = look(dot(X, i, w) + bias, y[i, 0], c_look)
            count = weight[i] if weight.size > 0 else 1.0
            g *= count
            cost_sum += count * cost
            weight_sum += count * costs
            level += g
            if r == start:
                put(G, g, X, i)
            else:
                add(G, g, X, i)
        if w.size > d:
            G[d] = level
        s[0] = slope_of_total(total, factor, cost_sum, weight_sum)
        move(w, G, mask, memory, s, c_move)


def epoch_of_many(
    X: Array,
    y: Array,
    weight: Array,
    order: Array,
    batch_size: int,
    w: Array,
    mask: Array,
    memory: Array,
    s: Array,
    c_look: Array,
    c_move: Array,
    total: int,
    factor: float,
    costs: float,
) -> None:
    """The same with several outputs: the weights of a feature lie side by side, and the biases come last."""
    n, d, outputs = order.size, X.shape[1], y.shape[1]
    G, z, g = np.zeros(w.size), np.zeros(outputs), np.zeros(outputs)
    first = d * outputs
    for start in range(0, n, batch_size):
        stop = min(start + batch_size, n)
        cost_sum, weight_sum = 0.0, 0.0
        for j in range(w.size):
            G[j] = 0.0
        for r in range(start, stop):
            i = order[r]
            call_for(X, order[min(r + AHEAD, n - 1)])
            for k in range(outputs):
                z[k] = w[first + k] if w.size > first else 0.0
            for j in range(d):
                for k in range(outputs):
                    z[k] += X[i, j] * w[j * outputs + k]
            cost = look_at_row(z, y, i, c_look, g)
            count = weight[i] if weight.size > 0 else 1.0
            cost_sum += count * cost
            weight_sum += count * costs
            for k in range(outputs):
                g[k] *= count
                if w.size > first:
                    G[first + k] += g[k]
            for j in range(d):
                for k in range(outputs):
                    G[j * outputs + k] += X[i, j] * g[k]
        s[0] = slope_of_total(total, factor, cost_sum, weight_sum)
        move(w, G, mask, memory, s, c_move)
