# ruff: noqa
"""Lab: regularized logistic regression -- solution."""

import copy
import numpy as np


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1.0 / (1.0 + np.exp(-z))


def compute_cost(X, y, w, b, lambda_=1.0):
    """Average cross-entropy plus the penalty on w (b is not regularized)."""
    m = X.shape[0]
    z = X @ w + b
    loss = np.sum(np.logaddexp(0, z) - y * z) / m
    reg = lambda_ / m * np.sum(w**2)
    return loss + reg


def compute_gradient(X, y, w, b, lambda_=1.0):
    """Gradient of compute_cost with respect to b and w."""
    m = X.shape[0]
    err = sigmoid(X @ w + b) - y
    dj_db = np.sum(err) / m
    dj_dw = X.T @ err / m + (lambda_ / m) * w
    return dj_db, dj_dw


def gradient_descent(X, y, w_in, b_in, alpha, num_iters, lambda_=0.0):
    w, b = copy.deepcopy(w_in), b_in
    J_history = []
    for i in range(num_iters):
        dj_db, dj_dw = compute_gradient(X, y, w, b, lambda_)
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        J_history.append(compute_cost(X, y, w, b, lambda_))
    return w, b, J_history


def predict(X, w, b):
    return (sigmoid(X @ w + b) >= 0.5).astype(int)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(100, 2))
    y = (X[:, 0] - X[:, 1] > 0).astype(int)
    w, b, J = gradient_descent(X, y, np.zeros(2), 0.0, 0.3, 1000, 1.0)
    print(w, b, J[0], J[-1], np.mean(predict(X, w, b) == y))
