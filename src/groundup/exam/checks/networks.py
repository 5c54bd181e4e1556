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
    learnt = c.study(X, y, c.rate, 5)
    out, each = c.output(X, learnt), c.grown(learnt, len(X))
    if each:
        words = (
            f"after {len(X)} rows the bias of layer {each[0] + 1} has {len(X)} numbers for each unit: one for each row"
        )
        return Evidence(
            float(len(each)), 0.0, f"{words}; the sum over the rows is that over the other axis", "bias grown"
        )
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
    if c.kind != "multiclass" and set(np.unique(out).tolist()) <= {0.0, 1.0}:
        return _by_its_classes(c, found, learnt)
    raise NotExamined("no usual activation explains its answers by its weights")


def _by_its_classes(c: Any, found: book.Layers, learnt: Any) -> tuple[float, str, str]:
    """The same where it answers with 0 and 1 only: one activation must give the side of each of 3,000 rows."""
    X = np.random.default_rng(35).normal(size=(3000, c.columns)) * 2
    said = c.output(X, learnt) > 0.5
    scores = {name: book.forward(found, X, name)[1][-1] for name in book.ACTIVATIONS}
    able = [name for name, z in scores.items() if np.array_equal(z > 0, said)]
    first, rest = able[:1], [name for name in able[1:] if not name.startswith("leaky relu")]
    if not first or rest or not 0.02 < said.mean() < 0.98:
        raise NotExamined("it answers with 0 and 1 only, which does not tell its activation")
    c.activation, c.end = first[0], "sigmoid"
    c.conventions["activation"] = f"its hidden layers have {first[0]}, by the classes that it answers with"
    return 0.0, "rows on another side than the forward pass", ""


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


def silent(inputs: list[Array]) -> bool:
    """Whether all units of some layer are off, for every row."""
    return any(float(np.abs(part).max()) < 1e-9 for part in inputs)


def last_layer(
    c: Any, X: Array, y: Array, start: book.Layers, steps: book.Layers, limit: float = 1e-12
) -> Array | None:
    """The gradient at the last score that explains the step of the last layer's weights; sets loss and factor."""
    inputs, scores = book.forward(start, X, c.activation)
    limit = max(limit, 1e-2 * c.floor)
    found: list[tuple[float, str]] = []
    for loss in book.LOSSES[c.end]:
        g = inputs[-1].T @ book.outward(loss, scores[-1], y)
        found.append((angle(g, steps[-1][0]), loss))
    nearest, c.loss = min(found)
    if nearest > limit:
        return None
    delta = book.outward(c.loss, scores[-1], y)
    g = inputs[-1].T @ delta
    c.factor = float(np.sum(g * steps[-1][0]) / np.sum(g * g))
    return delta


def usual_factors(n: int, wide: int) -> list[float]:
    """By what a gradient that is summed over the rows may be multiplied: 1 or 1/2 or 2, over rows, over outputs."""
    return [a * b * d for a in (1.0, 2.0, 0.5) for b in (1.0, 1 / n) for d in (1.0, 1 / wide)]


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
    if silent(book.forward(start, X, c.activation)[0]):
        raise NotExamined("all units of a layer are silent, so nothing goes back through it")
    if not np.any(steps[-1][0]):
        sign = "no step" if not np.any(book.flat(steps)) else "last weights frozen"
        return Evidence(1.0, 1e-6, "in one epoch the weights of the last layer do not move", sign)
    delta = last_layer(c, X, y, start, steps)
    inputs, scores = book.forward(start, X, c.activation)
    if delta is None:
        sign = _outward_sign(c, inputs[-1], scores[-1], y, steps[-1][0])
        known = book.outward(book.LOSSES[c.end][0], scores[-1], y)
        against = angle(inputs[-1].T @ known, steps[-1][0])
        if not sign and against < 1.0:
            raise NotExamined("no usual loss explains the step of its last layer")
        sign = sign or ("uphill" if against > 1.9 else "")
        return Evidence(
            max(against, 1.0 if sign else 0.0),
            1e-6,
            f"the step of the last layer is that of: {sign or 'no loss'}",
            sign,
        )
    n, wide = y.shape
    usual = usual_factors(n, wide)
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


def _outward_sign(c: Any, a: Array, z: Array, y: Array, step: Array) -> str:
    for words, delta in book.outward_slips(c.end, z, y):
        for turned in (1, -1):
            if angle(turned * (a.T @ delta), step) < 1e-7:
                return words + ("" if turned > 0 else ", uphill")
    for words, shifted in (("rows and labels in another order", y[::-1]),):
        for loss in book.LOSSES[c.end]:
            if angle(a.T @ book.outward(loss, z, shifted), step) < 1e-7:
                return words
    for loss in book.LOSSES[c.end]:
        delta = book.outward(loss, z, y)
        for words, rows in (
            ("last row left out", slice(None, -1)),
            ("first row left out", slice(1, None)),
            ("one row only", slice(0, 1)),
        ):
            if angle(a[rows].T @ delta[rows], step) < 1e-7:
                return words
        if angle(-(a.T @ delta), step) < 1e-7:
            return "uphill"
    return ""


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
    sign = _hidden_sign(c, start, steps, inputs, scores, delta, right)
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


def _hidden_sign(c: Any, start: Any, steps: Any, inputs: Any, scores: Any, delta: Array, right: Any) -> str:
    n = len(delta)
    close = max(1e-5, c.floor)
    for slip in book.SLIPS:
        if hidden_gap(book.backward(start, inputs, scores, delta, c.activation, slip), steps, c.factor)[0] < close:
            return slip
    (W, b), (V, p) = right[0], steps[0]
    for words, w, v in (
        ("layer frozen", 0, 0),
        ("hidden bias frozen", 1, 0),
        ("hidden weights frozen", 0, 1),
        ("bias summed, weights averaged", 1, n),
        ("bias averaged, weights summed", 1, 1 / n),
        ("hidden uphill", -1, -1),
        ("hidden bias uphill", 1, -1),
        ("weights summed, bias averaged", n, 1),
        ("weights averaged, bias summed", 1 / n, 1),
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
