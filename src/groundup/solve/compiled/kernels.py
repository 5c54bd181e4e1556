"""The loops of an epoch: batches, rows, features. They are compiled by `build`, with its own `look` and `move`.

    z = x w + b  ->  look: cost and slope of a row  ->  G += slope x  ->  move: one step of the method, after each batch

Thirty-two rows at a time: their scores first, then their slopes side by side (eight at once, where the loss is plain
arithmetic), then their part of G. `tally_of_one` and `tally_of_many` do that for some rows; an epoch is a tally and a
move for every batch, and a pass over all rows, for the history, is the same tally without a move.

Rows are visited in the order that `Blocks.batches` made: a permutation of all rows, every one of them equally likely.
They lie scattered in memory, and would cost a wait of a hundred nanoseconds each; so a row some places ahead is called
for while this one is worked on: one half beside the scores, the other beside the sums, since a core can wait for a
dozen pieces of 64 bytes and no more. It is called into the core's second cache, which waits for several times as many:
an epoch of 500,000 x 100 in float64 took 46 instead of 53 ms, in float32 30 instead of 54. Where batches are single
rows there is no time to fetch it from there, so it is called for once more, into the first cache. Sums of a batch are
taken in float64, also where the rows are float32.
"""

from __future__ import annotations

import math

from groundup._arrays import Array
from groundup.solve.compiled.quick import quick_exp, quick_log1p
from groundup.solve.compiled.small import flush_small, settle

AHEAD, WIDE_AHEAD = 32, 8
"""How many rows beforehand memory is asked for one, where they come shuffled; the second for rows wider than WIDE."""

ROW_AHEAD, ROW_NEAR = 16, 4
"""The same where batches are single rows; and how many rows beforehand the second cache is asked for it."""

WIDE = 1024
"""So many numbers are few enough for rows that wait in the second cache; wider ones are called into the first."""

TOGETHER = 32
"""So many rows are looked at side by side."""

SUM, MEAN, ROOT_MEAN = 0, 1, 2
"""What a total does with the sum of costs S and the sum of weights W."""


def look(z: float, y: float, c: Array) -> tuple[float, float]:
    """Cost and slope of one score: what `build` traced from the loss takes its place."""
    raise NotImplementedError


def move(w: Array, G: Array, mask: Array, memory: Array, s: Array, c: Array) -> None:
    """One step of the method: what `build` traced takes its place. s holds the slope of the total, the rate, ..."""
    raise NotImplementedError


def move_row(w: Array, g: float, X: Array, r: int, mask: Array, memory: Array, s: Array, c: Array) -> None:
    """The same for a batch of one row r, whose gradient is g times the row."""
    raise NotImplementedError


def call_for(X: Array, i: int, start: int, stop: int) -> None:
    """Ask memory for a part of row i, into the second cache: `build` puts a prefetch in its place."""


def call_near(X: Array, i: int, start: int, stop: int) -> None:
    """The same, into the first cache."""


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


def look_at_rows(z: Array, y: Array, rows: int, c: Array, cost: Array, g: Array) -> None:
    """Cost and slope of each of these scores."""
    for r in range(rows):
        cost[r], g[r] = look(z[r], y[r], c)


def look_at_each(z: Array, y: Array, i: int, c: Array, g: Array) -> float:
    """Several outputs, each with a cost of its own: fills g with their slopes, and returns the sum of the costs."""
    cost_sum = 0.0
    for k in range(y.shape[1]):
        cost, g[k] = look(z[k], y[i, k], c)
        cost_sum += cost
    return cost_sum


def look_at_classes(z: Array, y: Array, i: int, c: Array, g: Array) -> float:
    """softmax(z) - y, for cross-entropy with labels smoothed by c[0], and the cost Σ y (top + log(1 + r) - z).

    With r = Σ e^(z - max z) over all but the top class: e / (1 + r) - y = (e (1 - y) - (r + 1 - e) y) / (1 + r).
    """
    top = 0
    for k in range(y.shape[1]):
        if z[k] > z[top]:
            top = k
    for k in range(y.shape[1]):
        g[k] = quick_exp(z[k] - z[top])
    g[top] = 1.0 + 0.0 * z[top]
    rest = 0.0
    for k in range(y.shape[1]):
        rest += 0.0 if k == top else g[k]
    far, cost = quick_log1p(rest), 0.0
    for k in range(y.shape[1]):
        label = (1.0 - c[0]) * y[i, k] + c[0] / y.shape[1] if c[0] > 0.0 else y[i, k]
        g[k] = (g[k] * (1.0 - label) - (rest + (1.0 - g[k])) * label) / (1.0 + rest)
        cost += label * ((z[top] - z[k]) + far) if label != 0.0 else 0.0
    return cost


look_at_row = look_at_each
"""Or `look_at_classes`: `build` chooses."""


def tally_of_one(
    X: Array,
    y: Array,
    weight: Array,
    order: Array,
    start: int,
    stop: int,
    ahead: int,
    w: Array,
    c: Array,
    costs: float,
    G: Array,
    sums: Array,
    z: Array,
    label: Array,
    cost: Array,
    g: Array,
) -> None:
    """Σ count slope x into G, Σ count cost and Σ count into sums, over the rows order[start:stop]; one output.

    `costs` is the number of costs of a row: one for each output, or one for a row of classes. An empty `weight` is all
    ones. `ahead` is 0 where the rows come as they lie. z, label, cost and g are room for
    TOGETHER numbers, or for one of each output.
    """
    d, last, middle = X.shape[1], order.size - 1, X.shape[1] // 16 * 8
    bias = w[d] if w.size > d else 0.0
    cost_sum, weight_sum, level = 0.0, 0.0, 0.0
    for first in range(start, stop, TOGETHER):
        rows = min(TOGETHER, stop - first)
        for r in range(rows):
            i = order[first + r]
            if ahead > 0:
                next_row = order[min(first + r + ahead, last)]
                call_for(y, next_row, 0, 1)
                if d <= WIDE:
                    call_for(X, next_row, 0, middle)
                else:
                    call_near(X, next_row, 0, middle)
            z[r], label[r] = dot(X, i, w) + bias, y[i, 0]
        look_at_rows(z, label, rows, c, cost, g)
        for r in range(rows):
            i = order[first + r]
            if ahead > 0:
                next_row = order[min(first + r + ahead, last)]
                if d <= WIDE:
                    call_for(X, next_row, middle, d)
                else:
                    call_near(X, next_row, middle, d)
            count = weight[i] if weight.size > 0 else 1.0
            g[r] *= count
            cost_sum += count * cost[r]
            weight_sum += count * costs
            level += g[r]
            if first + r == start:
                put(G, g[r], X, i)
            else:
                add(G, g[r], X, i)
    if w.size > d:
        G[d] = level
    sums[0], sums[1] = cost_sum, weight_sum


def tally_of_many(
    X: Array,
    y: Array,
    weight: Array,
    order: Array,
    start: int,
    stop: int,
    ahead: int,
    w: Array,
    c: Array,
    costs: float,
    G: Array,
    sums: Array,
    z: Array,
    label: Array,
    cost: Array,
    g: Array,
) -> None:
    """The same with several outputs: the weights of a feature lie side by side, and the biases come last."""
    d, outputs, last = X.shape[1], y.shape[1], order.size - 1
    end = d * outputs
    cost_sum, weight_sum = 0.0, 0.0
    for j in range(w.size):
        G[j] = 0.0
    for r in range(start, stop):
        i = order[r]
        if ahead > 0:
            call_for(X, order[min(r + ahead, last)], 0, d)
        for k in range(outputs):
            z[k] = w[end + k] if w.size > end else 0.0
        for j in range(d):
            for k in range(outputs):
                z[k] += X[i, j] * w[j * outputs + k]
        count = weight[i] if weight.size > 0 else 1.0
        cost_sum += count * look_at_row(z, y, i, c, g)
        weight_sum += count * costs
        for k in range(outputs):
            g[k] *= count
            if w.size > end:
                G[end + k] += g[k]
        for j in range(d):
            for k in range(outputs):
                G[j * outputs + k] += X[i, j] * g[k]
    sums[0], sums[1] = cost_sum, weight_sum


tally = tally_of_one
"""Or `tally_of_many`: `build` chooses."""


def epoch_of_batches(
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
    G: Array,
    sums: Array,
    z: Array,
    label: Array,
    cost: Array,
    g: Array,
) -> None:
    """One epoch; w, memory and s are changed in place."""
    ahead, settings = AHEAD if X.shape[1] <= WIDE else WIDE_AHEAD, flush_small()
    for start in range(0, order.size, batch_size):
        stop = min(start + batch_size, order.size)
        tally(X, y, weight, order, start, stop, ahead, w, c_look, costs, G, sums, z, label, cost, g)
        s[0] = slope_of_total(total, factor, sums[0], sums[1])
        move(w, G, mask, memory, s, c_move)
    settle(settings)


def epoch_of_rows(
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
    """The same for batches of one row and one output: no gradient is stored, and none waits for the others."""
    d, last, middle = X.shape[1], order.size - 1, X.shape[1] // 16 * 8
    ahead, settings = ROW_AHEAD if d <= WIDE else ROW_NEAR, flush_small()
    for r in range(order.size):
        i, near, far = order[r], order[min(r + ROW_NEAR, last)], order[min(r + ahead, last)]
        call_for(X, far, 0, middle)
        call_near(X, near, 0, middle)
        call_near(y, near, 0, 1)
        cost, g = look(dot(X, i, w) + (w[d] if w.size > d else 0.0), y[i, 0], c_look)
        call_for(X, far, middle, d)
        call_near(X, near, middle, d)
        count = weight[i] if weight.size > 0 else 1.0
        s[0] = slope_of_total(total, factor, count * cost, count * costs)
        move_row(w, count * g, X, i, mask, memory, s, c_move)
    settle(settings)
