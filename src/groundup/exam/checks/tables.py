# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Tables to learn from, each with its truth."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup.exam import reference

Array = Any


class Table(NamedTuple):
    """Rows, labels, the true weights and then the bias, and the deviation of the noise."""

    X: Array
    y: Array
    truth: Array
    noise: float


def columns(rng: Any, n: int, p: int = 3) -> Array:
    """Columns off centre and of unlike spread, but nearly unrelated, so that descent is fast."""
    return rng.normal(size=(n, p)) * np.linspace(0.8, 1.3, p) + np.linspace(-0.5, 0.7, p)


def numbers(rng: Any, n: int, p: int = 3, noise: float = 1.0) -> Table:
    """A plane with noise."""
    X = columns(rng, n, p)
    truth = np.append(rng.choice([-1.0, 1.0], p) * rng.uniform(0.5, 2.0, p), rng.uniform(2.0, 4.0))
    return Table(X, reference.with_bias(X) @ truth + noise * rng.normal(size=n), truth, noise)


def two_classes(rng: Any, n: int, p: int = 3) -> Table:
    """Labels 0 and 1, drawn with probability sigmoid(X w + b)."""
    X = columns(rng, n, p)
    truth = np.append(rng.choice([-1.0, 1.0], p) * rng.uniform(0.4, 1.0, p), rng.uniform(0.3, 0.8)) * _width(p)
    y = (rng.random(n) < reference.sigmoid(reference.with_bias(X) @ truth)).astype(int)
    y[:2] = [0, 1]
    return Table(X, y, truth, 0.0)


def _width(p: int) -> float:
    """By what weights of classes are smaller in wide tables: where chances are near 0 and 1, descent is slow."""
    return min(1.0, (3 / p) ** 0.5)


def many_classes(rng: Any, n: int, p: int = 3, classes: int = 4) -> Table:
    """Labels 0, 1, 2, ..., drawn with the probabilities of softmax(X W + b)."""
    X = columns(rng, n, p)
    truth = rng.uniform(-1.0, 1.0, (p + 1, classes)) * _width(p)
    chances = np.cumsum(reference.softmax(reference.with_bias(X) @ truth), axis=1)
    y = (rng.random(n)[:, None] > chances).sum(axis=1).clip(0, classes - 1)
    y[:classes] = np.arange(classes)
    return Table(X, y, truth, 0.0)


def of(task: str, rng: Any, n: int, p: int = 3) -> Table:
    """A table for this task."""
    return {"regression": numbers, "classification": two_classes, "multiclass": many_classes}[task](rng, n, p)


def targets(task: str, y: Array) -> Array:
    """What a prediction is compared with: numbers, 0/1, or one-hot rows."""
    return reference.one_hot(y, int(y.max()) + 1) if task == "multiclass" else np.asarray(y, dtype=float)
