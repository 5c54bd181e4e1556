# ruff: noqa
"""Linear regression; train(X, y, learning_rate, epochs) -> (weights, bias)

The loss is the SUM of squared errors divided by two,
    L(w, b) = 1/2 * sum_i (x_i w + b - y_i)^2
so the step is  w -= learning_rate * X^T (Xw + b - y): the learning rate has to
be of the order 1/n. With learning_rate=None a safe one is chosen:
1 / largest eigenvalue of [1 X]^T [1 X].
"""

import numpy as np


def predict(X, weights, bias):
    return np.asarray(X, dtype=float) @ weights + bias


def loss(X, y, weights, bias):
    r = predict(X, weights, bias) - np.asarray(y, dtype=float)
    return 0.5 * float(r @ r)


def gradient(X, y, weights, bias):
    r = predict(X, weights, bias) - np.asarray(y, dtype=float)
    return np.asarray(X, dtype=float).T @ r, r.sum()


def safe_rate(X):
    A = np.column_stack([np.ones(len(X)), X])
    return 1.0 / np.linalg.norm(A, ord=2) ** 2


def train(X, y, learning_rate=None, epochs=1000):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    eta = safe_rate(X) if learning_rate is None else learning_rate
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        gw, gb = gradient(X, y, w, b)
        w, b = w - eta * gw, b - eta * gb
    return w, b
