# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The right answers, by the plainest formulas there are. Parameters are the weights and then the bias.

    with_bias    X with a column of ones behind
    gradient     of half the mean square, or of the mean log loss
    descend      theta <- theta - rate x gradient, so many times
    optimum      where that gradient is zero
    curvature    the largest and the smallest, which say how fast descent can go

A matrix of parameters is (columns + 1, classes), and y is then one-hot.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any


def with_bias(X: Array) -> Array:
    """X with a column of ones behind."""
    return np.column_stack([X, np.ones(len(X))])


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z), without overflow."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def softmax(z: Array) -> Array:
    """e^z of each row, divided by its sum."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def response(task: str, z: Array) -> Array:
    """What a score predicts: itself, a probability, or one for each class."""
    return {"regression": lambda z: z, "classification": sigmoid, "multiclass": softmax}[task](z)


def gradient(task: str, theta: Array, X: Array, y: Array) -> Array:
    """A'(response(A theta) - y) / n, with A the rows and a column of ones."""
    A = with_bias(X)
    return A.T @ (response(task, A @ theta) - y) / len(y)


def loss(task: str, theta: Array, X: Array, y: Array) -> float:
    """Half the mean square, or the mean log loss."""
    z = with_bias(X) @ theta
    if task == "regression":
        return float(np.mean((z - y) ** 2) / 2)
    if task == "classification":
        return float(np.mean(np.logaddexp(0, z) - y * z))
    top = z.max(axis=1)
    return float(np.mean(top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - (y * z).sum(axis=1)))


def descend(task: str, theta: Array, X: Array, y: Array, rate: float, steps: int) -> Array:
    """The parameters after so many steps of plain gradient descent."""
    for _ in range(steps):
        theta = theta - rate * gradient(task, theta, X, y)
    return theta


def hessian(task: str, theta: Array, X: Array) -> Array:
    """The second derivative of the mean loss for one column of parameters."""
    A = with_bias(X)
    if task == "regression":
        return A.T @ A / len(A)
    p = sigmoid(A @ theta)
    return A.T @ (A * (p * (1 - p))[:, None]) / len(A)


def optimum(task: str, X: Array, y: Array) -> Array:
    """The parameters of the least loss; y is one-hot for many classes, whose answer has mean 0 over the classes."""
    if task == "regression":
        middle = X.mean(axis=0)
        slopes = np.linalg.lstsq(X - middle, y - y.mean(axis=0), rcond=None)[0]
        return np.append(slopes, y.mean() - middle @ slopes)
    if task == "classification":
        theta = np.zeros(X.shape[1] + 1)
        for _ in range(30):
            theta = theta - np.linalg.solve(hessian(task, theta, X), gradient(task, theta, X, y))
        return theta
    theta = np.zeros((X.shape[1] + 1, y.shape[1]))
    for _ in range(30):
        step = np.linalg.lstsq(full_hessian(theta, X), gradient(task, theta, X, y).ravel(), rcond=1e-12)[0]
        theta = theta - step.reshape(theta.shape)
    return theta - theta.mean(axis=1, keepdims=True)


def full_hessian(theta: Array, X: Array) -> Array:
    """The second derivative of the mean cross-entropy, flat: (columns + 1) x classes each way."""
    A = with_bias(X)
    p = softmax(A @ theta)
    middle = p[:, :, None] * np.eye(p.shape[1]) - p[:, :, None] * p[:, None, :]
    whole = np.einsum("ni,nkl,nj->ikjl", A, middle, A) / len(A)
    return whole.reshape(theta.size, theta.size)


def curvature(task: str, X: Array) -> tuple[float, float]:
    """(largest, smallest) second derivative of the mean loss: bounds for log losses, which are flatter elsewhere."""
    values = np.linalg.eigvalsh(hessian("regression", np.zeros(0), X))
    top, low = {"regression": (1, 1), "classification": (0.25, 0.06), "multiclass": (0.5, 0.03)}[task]
    return float(values[-1]) * top, float(values[0]) * low


def one_hot(codes: Array, classes: int) -> Array:
    """A row for each code, 1 in its column."""
    return np.eye(classes)[codes]
