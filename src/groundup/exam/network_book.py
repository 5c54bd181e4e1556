# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Small dense networks by the book: forward, backward, and what goes wrong there, by name.

A network is a list of layers (W, b), W of shape (inputs, outputs); all hidden layers have one activation.

    forward      a <- activation(a W + b), layer after layer; the last score is left as it is
    outward      what a loss says about the last score: its gradient there, row by row
    backward     from there to the gradient of every W and b, by the chain rule
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam import reference

Array = Any
Layers = list[tuple[Array, Array]]
Pair = tuple[Callable[[Array], Array], Callable[[Array], Array]]


def _sigmoid_slope(z: Array) -> Array:
    s = reference.sigmoid(z)
    return s * (1 - s)


def _leaky(a: float) -> Pair:
    return lambda z: np.where(z > 0, z, a * z), lambda z: np.where(z > 0, 1.0, a)


def _normal(z: Array) -> Array:
    return 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(z / np.sqrt(2)))


def _tanh_gelu(z: Array) -> Array:
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


def _tanh_gelu_slope(z: Array) -> Array:
    t = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z * z)


ACTIVATIONS: dict[str, Pair] = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (reference.sigmoid, _sigmoid_slope),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "leaky relu": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1.0, 0.01)),
    "softplus": (lambda z: np.logaddexp(0, z), reference.sigmoid),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))), lambda z: np.exp(np.minimum(z, 0))),
    "swish": (
        lambda z: z * reference.sigmoid(z),
        lambda z: reference.sigmoid(z) * (1 + z * (1 - reference.sigmoid(z))),
    ),
    "gelu": (
        lambda z: z * _normal(z),
        lambda z: _normal(z) + z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi),
    ),
    "gelu by tanh": (_tanh_gelu, _tanh_gelu_slope),
    **{f"leaky relu of {a:g}": _leaky(a) for a in (0.2, 0.1, 0.3, 0.05, 0.25, 0.001, 0.02, 0.15, 0.5)},
    "identity": (lambda z: z, lambda z: np.ones_like(z)),
}
"""What hidden layers may have, and its slope."""

ENDS: dict[str, Callable[[Array], Array]] = {
    "identity": lambda z: z,
    "sigmoid": reference.sigmoid,
    "softmax": reference.softmax,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}
"""What the last layer may do with its score."""

LOSSES: dict[str, tuple[str, ...]] = {
    "identity": ("squared errors", "log losses", "log losses of softmax", "absolute errors"),
    "sigmoid": ("log losses", "squared errors of probabilities"),
    "softmax": ("log losses of softmax", "squared errors of softmax"),
    "tanh": ("squared errors of tanh",),
    "relu": ("squared errors of relu",),
}
"""Which losses go with which end."""


def forward(layers: Layers, X: Array, activation: str) -> tuple[list[Array], list[Array]]:
    """(inputs of each layer, scores of each layer)."""
    inputs, scores = [X], list[Array]()
    value = ACTIVATIONS[activation][0]
    for k, (W, b) in enumerate(layers):
        scores.append(inputs[-1] @ W + b)
        if k + 1 < len(layers):
            inputs.append(value(scores[-1]))
    return inputs, scores


def outward(loss: str, z: Array, y: Array) -> Array:
    """The gradient of a row's loss at its last score."""
    p, s, t = reference.sigmoid(z), reference.softmax(z), np.tanh(z)
    return {
        "squared errors": lambda: z - y,
        "absolute errors": lambda: np.sign(z - y),
        "log losses": lambda: p - y,
        "log losses of softmax": lambda: s - y,
        "squared errors of probabilities": lambda: (p - y) * p * (1 - p),
        "squared errors of softmax": lambda: s * ((s - y) - ((s - y) * s).sum(axis=1, keepdims=True)),
        "squared errors of tanh": lambda: (t - y) * (1 - t * t),
        "squared errors of relu": lambda: (np.maximum(z, 0) - y) * (z > 0),
    }[loss]()


def backward(
    layers: Layers, inputs: list[Array], scores: list[Array], delta: Array, activation: str, slip: str = ""
) -> Layers:
    """The sum over the rows of the gradient of every (W, b), from the gradient at the last score.

    `slip` names one thing that is done wrongly on the way.
    """
    value, slope = ACTIVATIONS[activation]
    found: Layers = []
    for k in reversed(range(len(layers))):
        found.insert(0, (inputs[k].T @ delta, delta.sum(axis=0)))
        if k:
            z = scores[k - 1]
            bend = {
                "slope left out": lambda z=z: np.ones_like(z),
                "slope of the activation": lambda z=z: slope(value(z)),
                "slope twice": lambda z=z: slope(z) ** 2,
                "value for slope": lambda z=z: value(z),
                "sigmoid's slope": lambda z=z: _sigmoid_slope(z),
                "sigmoid's formula": lambda z=z: value(z) * (1 - value(z)),
                "tanh's formula without square": lambda z=z: 1 - value(z),
                "one minus score squared": lambda z=z: 1 - z * z,
                "side of the activation": lambda z=z: (z <= 0) * 1.0,
                "slope of plain relu": lambda z=z: (z > 0) * 1.0,
            }.get(slip, lambda z=z: slope(z))()
            W = np.sign(layers[k][0]) if slip == "sign of the weights" else layers[k][0]
            delta = (delta @ W.T) * bend
    return found


SLIPS = (
    *("slope left out", "slope of the activation", "slope twice", "value for slope", "sigmoid's slope"),
    *("sigmoid's formula", "tanh's formula without square", "one minus score squared", "side of the activation"),
    "slope of plain relu",
)


def outward_slips(end: str, z: Array, y: Array) -> Iterator[tuple[str, Array]]:
    """Wrong gradients at the last score, by name."""
    p = ENDS[end](z)
    s = reference.sigmoid
    yield "label minus prediction", y - p
    yield "slope of the output twice", (p - y) * s(p) * (1 - s(p))
    yield "slope of the output left out", p - y
    yield "slope of the output where none belongs", (z - y) * s(z) * (1 - s(z))
    yield "slope of relu at the output", (p - y) * (z > 0)
    yield "slope of tanh at the output", (p - y) * (1 - np.tanh(z) ** 2)
    yield "score in place of probability", z - y
    yield "label left out", p
    yield "slope of the log loss times that of the sigmoid twice", (p - y) * (p * (1 - p)) ** 2
    yield "probability left out for the other classes", y * (p - 1)
    yield "only the sign", np.sign(p - y)
    yield "every label is the mean of all", p - y.mean(axis=0)
    yield "all rows share one error", np.broadcast_to((p - y).mean(axis=0), p.shape)


def step(layers: Layers, gradients: Layers, rate: float) -> Layers:
    """Every W and b, less rate times its gradient."""
    return [(W - rate * g, b - rate * h) for (W, b), (g, h) in zip(layers, gradients, strict=True)]


def flat(layers: Layers) -> Array:
    """All numbers in one vector."""
    return np.concatenate([part.ravel() for W, b in layers for part in (W, b)])
