# pyright: basic
"""Plain NumPy, as learners write it: the mean, twice the mean, the sum, labels -1 and 1, and the catalogue's styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam.mutants import RIGHT, build, catalogue, right_code


class NormalEquations:
    """A'A theta = A'y, the bias first."""

    def fit(self, X, y):
        """No checks, as in a first lesson."""
        A = np.column_stack([np.ones(len(X)), X])
        self.theta = np.linalg.solve(A.T @ A, A.T @ y)
        return self

    def predict(self, X):
        """A theta."""
        return np.column_stack([np.ones(len(X)), X]) @ self.theta


def train_mean(X, y, learning_rate, epochs):
    """Half the mean of squared errors."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        error = y - (X @ w + b)
        w, b = w + learning_rate * X.T @ error / len(y), b + learning_rate * error.mean()
    return w, b


def train_twice_mean(X, y, lr, n_iters):
    """The mean of squared errors, from a random start."""
    w, b = np.random.normal(size=X.shape[1]) * 0.01, 0.0
    for _ in range(n_iters):
        error = X @ w + b - y
        w, b = w - lr * 2 * X.T @ error / len(y), b - lr * 2 * error.mean()
    return w, b, [0.0]


def train_sum(X, y, lr, n_iters):
    """The sum of squared errors, with a dictionary for an answer."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_iters):
        error = X @ w + b - y
        w, b = w - lr * 2 * X.T @ error, b - lr * 2 * error.sum()
    return {"weights": w, "bias": b}


def train_theta(X, y, alpha, num_iters):
    """The caller adds the column of ones."""
    theta = np.zeros(X.shape[1])
    for _ in range(num_iters):
        theta = theta - alpha * X.T @ (X @ theta - y) / len(y)
    return theta


def train_signs(X, y, learning_rate, epochs):
    """Log loss of labels -1 and 1, a sum over the rows."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        margin = y * (X @ w + b)
        pull = y * np.exp(-np.logaddexp(0, margin))
        w, b = w + learning_rate * X.T @ pull, b + learning_rate * pull.sum()
    return w, b


def makes() -> Iterator[tuple[Any, ...]]:
    """Six by hand, the styles of the catalogue, and its formulas."""
    yield "normal equations", "regression", NormalEquations
    yield "descent, half the mean", "regression", lambda: train_mean
    yield "descent, the mean, random start", "regression", lambda: train_twice_mean
    yield "descent, the sum", "regression", lambda: train_sum
    yield "descent, column of ones", "regression", lambda: train_theta
    yield "descent, labels -1 and 1", "classification", lambda: train_signs
    for style, (thing, task) in RIGHT.items():
        slow = 20 if task == "multiclass" or style == "batches" else 1
        yield f"catalogue's {style}", task, lambda s=style, t=thing: build(right_code(s), t, s), slow
    single = {(mutant.formula, mutant.style, mutant.thing) for mutant in catalogue() if mutant.formula}
    for formula, style, thing in sorted(single):
        yield f"{thing} of {style}", f"formula {formula}", lambda s=style, t=thing: build(right_code(s), t, s), 5
