# ruff: noqa
"""Lab: regularized logistic regression -- model solution (lambda_ as in the lectures)."""

import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def compute_cost(X, y, w, b, lambda_=0.0):
    """mean log loss + lambda_/(2m) * |w|^2, b free"""
    z = X @ w + b
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))) + lambda_ / (2 * len(y)) * (w @ w)


def compute_gradient(X, y, w, b, lambda_=0.0):
    """Returns dj_db, dj_dw"""
    err = sigmoid(X @ w + b) - y
    return err.mean(), (X.T @ err + lambda_ * w) / len(y)


def gradient_descent(X, y, w, b, alpha, num_iters, lambda_=0.0):
    """Plain gradient descent; the penalty enters as weight decay (an identical step).
    J_history[i] is the cost at the START of iteration i."""
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    w = np.array(w, dtype=float)
    m = len(y)
    J_history = []
    for _ in range(num_iters):
        J_history.append(compute_cost(X, y, w, b, lambda_))
        err = sigmoid(X @ w + b) - y
        w = (1 - alpha * lambda_ / m) * w - alpha / m * (X.T @ err)
        b = b - alpha * err.mean()
    return w, b, J_history


def predict(X, w, b):
    """1 where P(y=1|x) > 0.5 (a point exactly on the boundary is a 0)"""
    return (np.asarray(X, dtype=float) @ w + b > 0).astype(int)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(100, 2))
    y = (X[:, 0] - X[:, 1] + r.normal(size=100) > 0).astype(int)
    w, b, J = gradient_descent(X, y, np.zeros(2), 0.0, 1.0, 2000, 1.0)
    print(w, b, J[0], J[-1], np.mean(predict(X, w, b) == y))
