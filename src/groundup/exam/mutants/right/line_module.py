# pyright: basic
"""Linear regression as functions that call one another."""

import numpy as np


def compute_cost(X, y, w, b):
    """Half the mean square."""
    m = X.shape[0]
    errors = X @ w + b - y
    return np.sum(errors**2) / (2 * m)


def compute_gradient(X, y, w, b):
    """Its slopes: first for the bias, then for the weights."""
    m, n = X.shape
    dj_dw = np.zeros(n)
    dj_db = 0.0
    for i in range(m):
        error = np.dot(X[i], w) + b - y[i]
        for j in range(n):
            dj_dw[j] += error * X[i, j]
        dj_db += error
    return dj_db / m, dj_dw / m


def gradient_descent(X, y, alpha, num_iters):
    """Weights, bias and the cost of each step."""
    w = np.zeros(X.shape[1])
    b = 0.0
    history = []
    for _ in range(num_iters):
        errors = X @ w + b - y
        dj_dw = X.T @ errors / len(y)
        dj_db = errors.mean()
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        history.append(compute_cost(X, y, w, b))
    return w, b, history


def predict(X, w, b):
    """X w + b."""
    return X @ w + b
