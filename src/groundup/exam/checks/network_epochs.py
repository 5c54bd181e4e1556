# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Networks from epoch to epoch: one epoch is one step, four are four, and everything moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam import network_book as book
from groundup.exam.candidates import by_hand
from groundup.exam.checks.networks import (
    NETWORK,
    READ,
    architecture,
    explained,
    last_layer,
    silent,
    tight,
    usual_factors,
)
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
CHANGES = {
    "new weights": "the error goes back through a layer's new weights, not through those that made it",
    "one epoch more": "two steps instead of one",
    "three steps": "three steps instead of one",
    "rate squared": "the learning rate is multiplied in twice",
}


@check(
    "E06",
    "One epoch with all rows in one batch is one step, in proportion to the learning rate.",
    tasks=NETWORK,
    needs="layers",
    boundary="1e-6 of the step",
    read=READ,
)
def one_step(c: Any, rng: Any) -> Evidence:
    """Where it is not, one epoch may be two steps, or a layer is changed before the error has gone back through it."""
    if "steps" in c.can:
        return Evidence(0.0, 1e-6, "twice the rate makes the first step twice as long")
    if c.adaptive or (not c.activation and architecture(c)[0] > tight(c, 1e-9)):
        raise NotExamined("its steps have a length of their own")
    X, y = c.rows(np.random.default_rng(34), 17)
    start, little, mine = (c.path(X, y, rate, 1) for rate in (1e-10, 1e-5, c.rate))
    steps = [((V - W) * 1e5, (p - q) * 1e5) for (V, p), (W, q) in zip(start, little, strict=True)]
    if last_layer(c, X, y, start, steps, 1e-8) is None:
        raise NotExamined("no usual loss explains the step of its last layer")
    way = max(float(np.abs(book.flat(mine) - book.flat(start)).max()), 1e-300)
    for factor in usual_factors(*y.shape):
        for sign, other in wrong_epochs(c, X, y, start, factor):
            if float(np.abs(other - book.flat(mine)).max()) <= 1e-6 * way:
                words = f"the weights after one epoch are exactly those with this change: {CHANGES.get(sign, sign)}"
                return Evidence(1.0, 1e-6, words, sign, by_hand.two_rates(c))
    raise NotExamined("its first step is not in proportion to the learning rate")


def wrong_epochs(c: Any, X: Array, y: Array, start: book.Layers, factor: float) -> Iterator[tuple[str, Array]]:
    """Where the layers are after one epoch that is not one step, by name."""

    def gradient(layers: book.Layers) -> book.Layers:
        inputs, scores = book.forward(layers, X, c.activation)
        return book.backward(layers, inputs, scores, book.outward(c.loss, scores[-1], y), c.activation)

    once = book.step(start, gradient(start), c.rate * factor)
    twice = book.step(once, gradient(once), c.rate * factor)
    yield "one epoch more", book.flat(twice)
    yield "three steps", book.flat(book.step(twice, gradient(twice), c.rate * factor))
    yield "rate squared", book.flat(book.step(start, gradient(start), c.rate**2 * factor))
    layers = list(start)
    inputs, scores = book.forward(start, X, c.activation)
    delta = book.outward(c.loss, scores[-1], y)
    for k in reversed(range(len(layers))):
        W, b = layers[k]
        layers[k] = (W - c.rate * factor * inputs[k].T @ delta, b - c.rate * factor * delta.sum(axis=0))
        if k:
            delta = (delta @ layers[k][0].T) * book.ACTIVATIONS[c.activation][1](scores[k - 1])
    yield "new weights", book.flat(layers)


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
    if sign.startswith("momentum") and "momentum" not in c.shape.knobs:
        c.conventions["momentum"] = "it goes on in the direction of the last step: a momentum of 0.9"
        return Evidence(0.0, 1e-6, "the distance from the path with momentum, as a part of the way")
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
    if c.activation and silent(book.forward(before, X, c.activation)[0]):
        raise NotExamined("all units of a layer are silent, so nothing goes back through it")
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
