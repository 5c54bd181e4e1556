# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Networks: one epoch shows the gradient of every layer, and it must be that of the chain rule.

Which activation, which end and which loss it has is found out from its own answers and its own last layer; everything
behind that must then be consistent with it, so these questions raise no false alarm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam import network_book as book
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
NETWORK = "network"
READ = "Goodfellow, Bengio, Courville, Deep Learning, 6.5: back-propagation"
START = "Goodfellow, Bengio, Courville, Deep Learning, 8.4: parameter initialization strategies"


def angle(a: Array, b: Array) -> float:
    """The distance between two directions: 0 the same, 2 opposite."""
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return 2.0 if size == 0 or not np.isfinite(size) else float(1 - np.sum(a * b) / size)


def tight(c: Any, limit: float) -> float:
    """The limit, or what single precision allows."""
    return max(limit, c.floor)


# What it answers


@check("N01", "It learns from a small table and answers, without an error.", tasks=NETWORK, boundary="finite answers")
def answers_at_all(c: Any, rng: Any) -> Evidence:
    """Whatever goes wrong here goes wrong everywhere."""
    X, y = c.rows(rng, 19)
    out = c.output(X, c.study(X, y, c.rate, 5))
    bad = int((~np.isfinite(out)).sum())
    return Evidence(float(bad), 0.0, f"{bad} of {out.size} answers are not finite numbers", "not finite")


@check(
    "E09",
    "What it answers is the forward pass of the weights and biases that it shows.",
    tasks=NETWORK,
    needs="layers",
    boundary="1e-9",
    read="Goodfellow, Bengio, Courville, Deep Learning, 6.0: deep feedforward networks",
)
def forward_pass(c: Any, rng: Any) -> Evidence:
    """Which activation it has between the layers and at the end is found out, and said."""
    gap, words, sign = architecture(c)
    return Evidence(gap, tight(c, 1e-9), words, sign)


def architecture(c: Any) -> tuple[float, str, str]:
    """Find the activations that explain its answers: (distance, words, sign); NotExamined where none do."""
    X, y = c.rows(np.random.default_rng(33), 23)
    learnt = c.study(X, y, c.rate, 2)
    found, out = c.layers(learnt), c.output(X, learnt)
    limit = max(1e-9, c.floor)
    for activation in book.ACTIVATIONS:
        z = book.forward(found, X, activation)[1][-1]
        for end, value in book.ENDS.items():
            if z.shape == out.shape and (end != "softmax" or z.shape[1] > 1):
                gap = float(np.abs(value(z) - out).max() / max(1.0, np.abs(out).max()))
                if gap <= limit:
                    c.activation, c.end = activation, end
                    c.conventions["activation"] = f"its hidden layers have {activation}, its last one {end}"
                    return gap, "the largest difference between its answers and the forward pass", ""
    for words, layers, activation, end in readings(found):
        z = book.forward(layers, X, activation)[1][-1]
        if z.shape == out.shape and np.allclose(book.ENDS[end](z), out, rtol=1e-7, atol=limit):
            right = book.ENDS[end](book.forward(found, X, activation)[1][-1])
            gap = float(np.abs(right - out).max())
            said = f"for {np.round(X[0], 3).tolist()} it answers {out[0, 0]:.5g}; its layers give {right[0, 0]:.5g}"
            return max(gap, 1.0 if gap <= limit else gap), said, words
    raise NotExamined("no usual activation explains its answers by its weights")


def readings(layers: book.Layers) -> Iterator[tuple[str, book.Layers, str, str]]:
    """Wrong forward passes by name."""
    first, last = layers[0], layers[-1]
    for activation in ("tanh", "sigmoid", "relu", "leaky relu", "identity"):
        for end in book.ENDS:
            yield "hidden bias left out", [(first[0], 0 * first[1]), *layers[1:]], activation, end
            yield "last bias left out", [*layers[:-1], (last[0], 0 * last[1])], activation, end
            yield "biases left out", [(W, 0 * b) for W, b in layers], activation, end
            yield "bias subtracted", [(W, -b) for W, b in layers], activation, end


# The gradient


def explained(c: Any) -> tuple[Array, Array, book.Layers, book.Layers]:
    """(X, y, its start, its gradient by the first step), with its end and its loss found out."""
    if not c.activation:
        architecture(c)
    if not c.activation:
        raise NotExamined("its answers are not the forward pass of its weights")
    X, y = c.rows(np.random.default_rng(34), 17)
    one, two = (c.path(X, y, k * c.rate, 1) for k in (1, 2))
    start = [(2 * V - W, 2 * p - q) for (V, p), (W, q) in zip(one, two, strict=True)]
    steps = [((V - W) / c.rate, (p - q) / c.rate) for (V, p), (W, q) in zip(one, two, strict=True)]
    return X, y, start, steps


def last_layer(c: Any, X: Array, y: Array, start: book.Layers, steps: book.Layers) -> Array | None:
    """The gradient at the last score that explains the step of the last layer's weights; sets loss and factor."""
    inputs, scores = book.forward(start, X, c.activation)
    losses = [loss for end in _ends(c) for loss in book.LOSSES[end]]
    limit = max(1e-8, 1e-2 * c.floor)
    for loss in losses:
        delta = book.outward(loss, scores[-1], y)
        g = inputs[-1].T @ delta
        if angle(g, steps[-1][0]) < limit:
            c.loss = loss
            c.factor = float(np.sum(g * steps[-1][0]) / np.sum(g * g))
            return delta
    return None


def _ends(c: Any) -> list[str]:
    return [c.end]


@check(
    "E01",
    "The last layer steps along the gradient of a loss, and its bias with it.",
    tasks=NETWORK,
    needs="steps",
    boundary="1e-6 of the step",
    read=READ,
)
def last_step(c: Any, rng: Any) -> Evidence:
    """Squared errors, log losses, absolute errors: whichever explains its weights must explain its bias."""
    X, y, start, steps = explained(c)
    delta = last_layer(c, X, y, start, steps)
    inputs, scores = book.forward(start, X, c.activation)
    if delta is None:
        sign, factor = _outward_sign(c, inputs[-1], scores[-1], y, steps[-1][0])
        known = book.outward(book.LOSSES[c.end][0], scores[-1], y)
        against = angle(inputs[-1].T @ known, steps[-1][0])
        if not sign and against < 1.0:
            raise NotExamined("no usual loss explains the step of its last layer")
        sign = sign or ("uphill" if against > 1.9 else "")
        del factor
        return Evidence(
            max(against, 1.0 if sign else 0.0),
            1e-6,
            f"the step of the last layer is that of: {sign or 'no loss'}",
            sign,
        )
    n, wide = y.shape
    usual = [a * b * d for a in (1.0, 2.0, 0.5) for b in (1.0, 1 / n) for d in (1.0, 1 / wide)]
    odd = min(abs(c.factor / f - 1) for f in usual) if c.factor > 0 else np.inf
    if odd > max(1e-5, c.floor):
        sign = "uphill" if c.factor < 0 else _factor_sign(c.factor, n)
        return Evidence(odd, 1e-5, f"the step is {c.factor:.5g} times the sum over the rows: no usual loss", sign)
    mean = "the mean" if min(abs(c.factor / f - 1) for f in usual if f < 2.5 / n) < 1e-4 else "the sum"
    c.conventions["loss"] = f"it makes {mean} of the {c.loss} small"
    bias = c.factor * delta.sum(axis=0)
    gap = float(np.abs(steps[-1][1] - bias).max() / max(float(np.abs(bias).max()), 1e-300))
    sign = _bias_sign(steps[-1][1], bias, n)
    if sign == "no bias" and not np.any(start[-1][1]):
        c.conventions["bias"] = "the last layer has no bias that is learnt"
    words = f"the last bias steps by {np.round(steps[-1][1], 6).tolist()}; its gradient is {np.round(bias, 6).tolist()}"
    return Evidence(gap, tight(c, 1e-6), words, sign if gap > 1e-6 else "")


def _outward_sign(c: Any, a: Array, z: Array, y: Array, step: Array) -> tuple[str, float]:
    for words, delta in book.outward_slips(c.end, z, y):
        for turned in (1, -1):
            if angle(turned * (a.T @ delta), step) < 1e-7:
                return words + ("" if turned > 0 else ", uphill"), turned
    for words, shifted in (("rows and labels in another order", y[::-1]),):
        for loss in book.LOSSES[c.end]:
            if angle(a.T @ book.outward(loss, z, shifted), step) < 1e-7:
                return words, 1.0
    for loss in book.LOSSES[c.end]:
        delta = book.outward(loss, z, y)
        for words, rows in (
            ("last row left out", slice(None, -1)),
            ("first row left out", slice(1, None)),
            ("one row only", slice(0, 1)),
        ):
            if angle(a[rows].T @ delta[rows], step) < 1e-7:
                return words, 1.0
        if angle(-(a.T @ delta), step) < 1e-7:
            return "uphill", 1.0
    return "", 0.0


def _factor_sign(factor: float, n: int) -> str:
    named = {
        "divided by the rows twice": 1 / n**2,
        "divided by n - 1": 1 / (n - 1),
        "four times too far": 4 / n,
        "rate squared": 0.1 / n,
    }
    return next((w for w, f in named.items() if any(abs(factor / (f * k) - 1) < 1e-4 for k in (1, 2, 0.5))), "")


def _bias_sign(mine: Array, right: Array, n: int) -> str:
    for words, factor in (
        ("no bias", 0.0),
        ("bias uphill", -1.0),
        ("bias summed, weights averaged", n),
        ("bias averaged, weights summed", 1 / n),
        ("bias twice as fast", 2.0),
        ("bias half as fast", 0.5),
    ):
        if np.allclose(mine, factor * right, rtol=1e-5, atol=1e-9):
            return words
    if mine.size > 1 and np.ptp(mine) < 1e-9 * np.abs(mine).max():
        return "bias shared"
    return ""


@check(
    "E01b",
    "The error goes back through every layer by the chain rule: each step is the gradient of the same loss.",
    tasks=NETWORK,
    needs="steps",
    boundary="1e-6 of the step",
    read=READ,
)
def hidden_steps(c: Any, rng: Any) -> Evidence:
    """The first layers against what the last one's error says they should do."""
    X, y, start, steps = explained(c)
    delta = last_layer(c, X, y, start, steps)
    inputs, scores = book.forward(start, X, c.activation)
    if delta is None:
        raise NotExamined("no usual loss explains the step of its last layer")
    right = book.backward(start, inputs, scores, delta, c.activation)
    gap, where = hidden_gap(right, steps, c.factor)
    if gap <= tight(c, 1e-6):
        return Evidence(gap, tight(c, 1e-6), "the largest difference between a layer's step and its gradient")
    sign = _hidden_sign(c, start, steps, inputs, scores, delta, right, len(X))
    known = f": it is exactly this: {sign}" if sign else ""
    return Evidence(gap, 1e-6, f"the step of layer {where + 1} is off by {gap:.3g} of itself{known}", sign, small(c))


def hidden_gap(right: book.Layers, steps: book.Layers, factor: float) -> tuple[float, int]:
    """(the worst difference, its layer), each against the size of the right one, the last layer left out."""
    worst, where = 0.0, 0
    for k, ((W, b), (V, p)) in enumerate(zip(right[:-1], steps[:-1], strict=True)):
        size = factor * max(float(np.abs(W).max()), float(np.abs(b).max()), 1e-300)
        gap = max(float(np.abs(V - factor * W).max()), float(np.abs(p - factor * b).max())) / abs(size)
        if not gap <= worst:
            worst, where = gap, k
    return worst, where


def _hidden_sign(c: Any, start: Any, steps: Any, inputs: Any, scores: Any, delta: Array, right: Any, n: int) -> str:
    close = max(1e-5, c.floor)
    for slip in book.SLIPS:
        if hidden_gap(book.backward(start, inputs, scores, delta, c.activation, slip), steps, c.factor)[0] < close:
            return slip
    moved = book.step(start, [(c.factor * W, c.factor * b) for W, b in right], c.rate)
    mixed = [*start[:-1], moved[-1]]
    late = [((V - W), (p - q)) for (V, p), (W, q) in zip(start, moved, strict=True)]
    del late
    # The step at two rates is no longer in proportion when new weights are used, so one rate is looked at.
    gap = hidden_gap(book.backward(mixed, inputs, scores, delta, c.activation), steps, c.factor)[0]
    if gap < 0.05:
        return "new weights"
    (W, b), (V, p) = right[0], steps[0]
    for words, w, v in (
        ("layer frozen", 0, 0),
        ("hidden bias frozen", 1, 0),
        ("hidden weights frozen", 0, 1),
        ("bias summed, weights averaged", 1, n),
        ("bias averaged, weights summed", 1, 1 / n),
        ("hidden uphill", -1, -1),
        ("hidden bias uphill", 1, -1),
        ("divided by the rows twice", 1 / n, 1 / n),
        ("hidden not averaged", n, n),
        ("hidden twice as far", 2, 2),
        ("hidden half as far", 0.5, 0.5),
    ):
        if all(np.allclose(m, c.factor * f * r, rtol=1e-4, atol=1e-8) for m, f, r in ((V, w, W), (p, v, b))):
            return words
    other = inputs[-1]
    if V.shape[0] != other.shape[1] and np.allclose(p, c.factor * b, rtol=1e-4, atol=1e-9):
        return "wrong inputs"
    return ""


def small(c: Any) -> str:
    """How to see it: a difference of losses against the step."""
    return (
        "# Take one weight of the first layer, make it larger by 0.00001, and see how the loss changes;\n"
        "# (change of the loss) / 0.00001 is the gradient that one epoch must step along."
    )


@check(
    "E05",
    "Four epochs are four such steps: each from where the last one ended, with a gradient of its own.",
    tasks=NETWORK,
    needs="steps",
    boundary="1e-6 of the way",
    read=READ,
)
def four_epochs(c: Any, rng: Any) -> Evidence:
    """The whole path against the recursion."""
    X, y, start, steps = explained(c)
    if last_layer(c, X, y, start, steps) is None:
        raise NotExamined("no usual loss explains the step of its last layer")
    mine = book.flat(c.path(X, y, c.rate, 4))

    def walk(epochs: int, keep: float = 0.0, shrink: float = 1.0) -> Array:
        layers, speed = start, [(0 * W, 0 * b) for W, b in start]
        rate = c.rate
        for _ in range(epochs):
            inputs, scores = book.forward(layers, X, c.activation)
            found = book.backward(layers, inputs, scores, book.outward(c.loss, scores[-1], y), c.activation)
            speed = [
                (keep * V + c.factor * W, keep * p + c.factor * b) for (V, p), (W, b) in zip(speed, found, strict=True)
            ]
            layers, rate = book.step(layers, speed, rate), rate * shrink
        return book.flat(layers)

    right, begin = walk(4), book.flat(start)
    way = float(np.abs(right - begin).max())
    gap = float(np.abs(mine - right).max() / way)
    if gap <= tight(c, 1e-6):
        return Evidence(gap, tight(c, 1e-6), "the distance from the right path, as a part of the way")
    others = {
        "one epoch short": walk(3),
        "one epoch more": walk(5),
        "one epoch only": walk(1),
        "gradients pile up": walk(4, 1.0),
        "momentum that was not asked for": walk(4, 0.9),
        "rate shrinks": walk(4, 0.0, 0.99),
    }
    sign = next((w for w, o in others.items() if np.abs(mine - o).max() < 1e-5 * way), "")
    return Evidence(gap, 1e-6, f"after 4 epochs it is {gap:.3g} of the way off", sign)


@check(
    "E10",
    "Every weight and every bias moves, and the loss falls.",
    tasks=NETWORK,
    needs="layers",
    boundary="none stands still",
    read=READ,
)
def everything_moves(c: Any, rng: Any) -> Evidence:
    """A layer that is frozen, or forgotten by the optimiser."""
    X, y = c.rows(rng, 19)
    before, after = c.path(X, y, 1e-3, 1), c.path(X, y, 1e-2, 25)
    still = [
        f"the {what} of layer {k + 1}"
        for k, (old, new) in enumerate(zip(before, after, strict=True))
        for what, a, b in (("weights", old[0], new[0]), ("bias", old[1], new[1]))
        if np.array_equal(a, b) and (what == "weights" or np.any(a) or _has_bias(c, before))
    ]
    sign = still[0].replace("the ", "") + " still" if still else ""
    return Evidence(float(len(still)), 0.0, f"not moved: {', '.join(still) or 'nothing'}", sign)


def _has_bias(c: Any, layers: book.Layers) -> bool:
    """Whether some bias moves: where none does, it may have none."""
    X, y = c.rows(np.random.default_rng(3), 19)
    after = c.path(X, y, 1e-2, 25)
    return any(not np.array_equal(a[1], b[1]) for a, b in zip(layers, after, strict=True))


# Rows, starts, ends


@check(
    "E02",
    "A row gets the same answer alone as among others, and every time.",
    tasks=NETWORK,
    boundary="1e-9",
    read=READ,
)
def rows_apart(c: Any, rng: Any) -> Evidence:
    """Dropout that is still active, softmax over the rows, or standardising by the rows to predict."""
    X, y = c.rows(rng, 19)
    learnt = c.study(X, y, c.rate, 3)
    whole, again = c.output(X, learnt), c.output(X, learnt)
    alone = np.concatenate([c.output(X[k : k + 1], learnt) for k in range(6)])
    twice = float(np.abs(again - whole).max())
    gap = max(twice, float(np.abs(alone - whole[:6]).max()))
    sign = "another answer each time" if twice > 1e-6 else ""
    return Evidence(
        gap,
        tight(c, 1e-9),
        f"an answer moves by {gap:.3g} with the rows beside it, by {twice:.3g} when asked again",
        sign,
    )


@check(
    "E02b",
    "Far rows get finite answers.",
    tasks=NETWORK,
    boundary="finite",
    read="Goodfellow, Bengio, Courville, 4.1: overflow",
)
def far_rows(c: Any, rng: Any) -> Evidence:
    """A softmax that overflows is not a number."""
    X, y = c.rows(rng, 19)
    out = c.output(1e5 * X, c.study(X, y, c.rate, 3))
    bad = int((~np.isfinite(out)).any(axis=1).sum())
    return Evidence(
        float(bad), 0.0, f"{bad} of 19 rows, 100,000 times as large, got answers that are not numbers", "not finite"
    )


@check(
    "E03",
    "Hidden units start unlike each other, or they would stay alike.",
    tasks=NETWORK,
    needs="layers",
    boundary="0",
    read=START,
)
def unlike_units(c: Any, rng: Any) -> Evidence:
    """Zeros and constants keep the symmetry for ever."""
    first = c.start[0][0]
    scale = max(float(np.abs(first).max()), 1e-300)
    alike = [
        (i, j)
        for i in range(first.shape[1])
        for j in range(i)
        if np.abs(first[:, i] - first[:, j]).max() <= 1e-6 * scale
    ]
    if float(np.abs(first).max()) < 1e-9:
        return Evidence(1.0, 0.0, "all weights of the first layer start at zero", "zeros")
    return Evidence(float(len(alike)), 0.0, f"{len(alike)} pairs of hidden units start alike", "constant")


@check(
    "E03b",
    "First weights that are called He's or Glorot's have that spread.",
    tasks=NETWORK,
    needs="layers",
    boundary="chi-square, two-sided",
    false_alarm=1e-9,
    read=START,
)
def spread_of_start(c: Any, rng: Any) -> Evidence:
    """sum W² fan-in / 2 is at most as scattered as a chi-square, for normal and for even numbers alike."""
    from groundup.exam import boundary

    words = ("initialisation", "initialization", "init", "weight_init", "initializer", "weights_init", "init_method")
    name = next((n for n in getattr(c.shape, "init", {}) if n in words), "")
    default = str(c.shape.init[name].default).lower() if name else ""
    kinds = {
        "he": ("he", "kaiming", "he_normal", "he_uniform"),
        "glorot": ("xavier", "glorot", "xavier_uniform", "glorot_uniform", "xavier_normal"),
    }
    kind = next((k for k, names in kinds.items() if default in names), "")
    if not kind or "hidden" not in c.shape.knobs or c.shape.base is None:
        raise NotExamined("it does not say how its first weights are drawn, or the size of its layers cannot be set")
    columns, hidden = 12, 48
    X = rng.normal(size=(20, columns))
    y = c.rows(rng, 20)[1]
    given = {"hidden": hidden, "sizes": [columns, hidden, c.shape.outputs], "columns": columns}
    fresh = c.shape.fill

    def fill(_: int, names: Any) -> dict[str, Any]:
        return {**fresh(columns, names), **{c.shape.knobs[w]: v for w, v in given.items() if w in c.shape.knobs}}

    c.shape.fill = fill
    try:
        learnt = c.study(X, y, 1e-9, 1, seed=int(rng.integers(1, 10**6)))
    finally:
        c.shape.fill = fresh
    from groundup.exam.candidates.layers import layers

    found = layers(learnt, columns)
    if found is None or found[0][0].shape != (columns, hidden):
        raise NotExamined("the sizes of its layers could not be set")
    total = float((found[0][0] ** 2).sum())
    variances = {"he": [2 / columns], "glorot": [2 / (columns + hidden), 1 / columns]}[kind]
    bounds = boundary.chi_square(columns * hidden, 1e-9)
    best = min(variances, key=lambda v: abs(np.log(total / (v * columns * hidden))))
    ratio = total / (best * columns * hidden)
    others = {
        "by the outputs": 2 / hidden,
        "deviation for variance": best**2,
        "root twice": best**0.5,
        "half": best / 2,
        "twice": 2 * best,
        "of variance 1": 1.0,
    }
    sign = min(others, key=lambda w: abs(np.log(total / (others[w] * columns * hidden))))
    return Evidence(
        total / best, bounds, f"the variance of its first weights is {ratio:.3g} times that of {kind.title()}", sign
    )


@check(
    "E07",
    "A network for numbers can answer any number: nothing bends its last score.",
    tasks=NETWORK,
    needs="layers",
    boundary="no activation",
    read="Goodfellow, Bengio, Courville, Deep Learning, 6.2.2: output units",
)
def any_number(c: Any, rng: Any) -> Evidence:
    """A sigmoid at the end ends at 1, a relu at 0."""
    if not c.activation:
        architecture(c)
    if c.kind != "regression" or not (c.says == "regression" or c.end == "relu"):
        raise NotExamined("it does not say that it answers with any number")
    return Evidence(
        float(c.end != "identity"), 0.0, f"its last layer has {c.end or 'no activation that could be told'}", c.end
    )
