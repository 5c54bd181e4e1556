# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Wrong paths downhill, by name: where a candidate leaves the right path, it may be on one of these.

Each is the plain recursion with one thing changed; a candidate whose parameters agree with it has that sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam import reference

Array = Any
Step = Callable[[Array, int], Array]


def follow(step: Step, theta: Array, steps: int) -> Array:
    """theta <- theta - step(theta, k) for k = 0, 1, ..."""
    for k in range(steps):
        theta = theta - step(theta, k)
    return theta


def split(theta: Array, weights: float, bias: float) -> Array:
    """The weights' part times one number, the bias times another."""
    return np.concatenate([weights * theta[:-1], bias * theta[-1:]])


def named(task: str, start: Array, X: Array, y: Array, rate: float, steps: int) -> Iterator[tuple[str, Array]]:
    """(sign, parameters after these steps) of every wrong path."""
    n, p = X.shape

    def g(theta: Array) -> Array:
        return reference.gradient(task, theta, X, y)

    for words, short in (("one epoch short", steps - 1), ("one epoch more", steps + 1), ("one step only", 1)):
        yield words, follow(lambda t, k: rate * g(t), start, short)
    yield "never moves", start
    for words, w, b in FACTORS(n, p):
        yield words, follow(lambda t, k, w=w, b=b: rate * split(g(t), w, b), start, steps)
    yield "bias not used", follow(lambda t, k: rate * g(split(t, 1, 0)), start, steps)
    yield "bias before weights", _in_turn(g, start, rate, steps, bias_first=True)
    yield "weights before bias", _in_turn(g, start, rate, steps, bias_first=False)
    yield "predictions of the start", follow(lambda t, k: rate * g(start), start, steps)
    yield "rate decays as 1/k", follow(lambda t, k: rate / (k + 1) * g(t), start, steps)
    yield "rate shrinks", follow(lambda t, k: rate * 0.99**k * g(t), start, steps)
    yield "rate shrinks", follow(lambda t, k: rate * 0.99 ** (k + 1) * g(t), start, steps)
    yield "rate grows", follow(lambda t, k: rate * (k + 1) * g(t), start, steps)
    for drop, words in ((slice(None, -1), "last row left out"), (slice(1, None), "first row left out")):
        part = X[drop], y[drop]
        for words_of, factor in (("", 1.0), (", but counted", (n - 1) / n)):
            yield (
                words + words_of,
                follow(lambda t, k, f=factor, part=part: rate * f * reference.gradient(task, t, *part), start, steps),
            )
    for decay in (0.1, 0.01, 0.9):
        yield (
            "a penalty that was not asked for",
            follow(lambda t, k, d=decay: rate * (g(t) + d * split(t, 1, 0)), start, steps),
        )
    yield "gradients pile up", _momentum(g, start, rate, steps, 1.0)
    for momentum in (0.9, 0.5):
        yield "momentum that was not asked for", _momentum(g, start, rate, steps, momentum)
    unit = follow(lambda t, k: rate * g(t) / max(float(np.linalg.norm(g(t))), 1e-300), start, steps)
    yield "gradient of length 1", unit
    yield "only the sign of the gradient", follow(lambda t, k: rate * np.sign(g(t)), start, steps)
    yield from _residuals(task, start, X, y, rate, steps)


def FACTORS(n: int, p: int) -> list[tuple[str, float, float]]:  # noqa: N802
    """Weights and bias moved too far, too little, or the wrong way."""
    return [
        ("uphill", -1, -1),
        ("weights uphill", -1, 1),
        ("bias uphill", 1, -1),
        ("bias never moves", 1, 0),
        ("weights never move", 0, 1),
        ("bias summed, weights averaged", 1, n),
        ("bias summed, weights averaged", 1 / n, 1),
        ("weights summed, bias averaged", n, 1),
        ("weights summed, bias averaged", 1, 1 / n),
        ("bias twice as fast", 1, 2),
        ("bias half as fast", 1, 0.5),
        ("bias at another rate", 1, 0.1),
        ("divided by the rows twice", 1 / n, 1 / n),
        ("divided by the columns", 1 / p, 1 / p),
        ("divided by the columns", n / p, n / p),
        ("multiplied by the rows twice", n * n, n * n),
        ("divided by n - 1", n / (n - 1), n / (n - 1)),
        ("four times too far", 4, 4),
        ("half as far", 0.5, 0.5),
        ("twice as far", 2, 2),
        ("logarithm to base 2", 1 / np.log(2), 1 / np.log(2)),
        ("logarithm to base 10", 1 / np.log(10), 1 / np.log(10)),
    ]


def _in_turn(g: Callable[[Array], Array], theta: Array, rate: float, steps: int, *, bias_first: bool) -> Array:
    first = (0, 1) if bias_first else (1, 0)
    for _ in range(steps):
        theta = theta - rate * split(g(theta), *first)
        theta = theta - rate * split(g(theta), first[1], first[0])
    return theta


def _momentum(g: Callable[[Array], Array], theta: Array, rate: float, steps: int, momentum: float) -> Array:
    speed = np.zeros_like(theta)
    for _ in range(steps):
        speed = momentum * speed + g(theta)
        theta = theta - rate * speed
    return theta


def _residuals(task: str, start: Array, X: Array, y: Array, rate: float, steps: int) -> Iterator[tuple[str, Array]]:
    """Another residual in place of prediction - y."""
    A = reference.with_bias(X)
    made: dict[str, Callable[[Array], Array]] = {
        "sign of the residual": lambda z: np.sign(reference.response(task, z) - y),
        "all pairs of rows": lambda z: reference.response(task, z) - y.mean(axis=0),
    }
    if task == "classification":
        p = reference.sigmoid
        made |= {
            "slope of squared errors": lambda z: (p(z) - y) * p(z) * (1 - p(z)),
            "twice the slope of squared errors": lambda z: 2 * (p(z) - y) * p(z) * (1 - p(z)),
            "score in place of probability": lambda z: z - y,
            "class in place of probability": lambda z: (z > 0) - y,
            "class in place of probability, 1/2 counted": lambda z: (z >= 0) - y,
            "labels 0/1 in the formula for -1/1": lambda z: -y * p(-y * z),
            "labels -1/1 in the formula for 0/1": lambda z: p(z) - (2 * y - 1),
            "sigmoid of the wrong sign": lambda z: p(-z) - y,
            "sigmoid taken twice": lambda z: p(p(z)) - y,
        }
    if task == "multiclass":
        p = reference.softmax
        made |= {
            "softmax over the rows": lambda z: p(z.T).T - y,
            "sigmoid in place of softmax": lambda z: reference.sigmoid(z) - y,
            "score in place of probability": lambda z: z - y,
            "slope of squared errors": lambda z: p(z) * ((p(z) - y) - ((p(z) - y) * p(z)).sum(axis=1, keepdims=True)),
        }
    for words, residual in made.items():
        yield words, follow(lambda t, k, r=residual: rate * A.T @ r(A @ t) / len(A), start, steps)
