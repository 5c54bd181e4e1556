# ruff: noqa
"""Lab: one-vs-all classification -- solution."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def compute_cost(X, y, w, b):
    z = X @ w + b
    return np.mean(np.logaddexp(0, z) - y * z)


def compute_gradient(X, y, w, b):
    err = sigmoid(X @ w + b) - y
    return err.mean(), X.T @ err / len(y)


def gradient_descent(X, y, w, b, alpha, num_iters):
    J_history = []
    for _ in range(num_iters):
        dj_db, dj_dw = compute_gradient(X, y, w, b)
        w, b = w - alpha * dj_dw, b - alpha * dj_db
        J_history.append(compute_cost(X, y, w, b))
    return w, b, J_history


def one_vs_all(X, y, num_labels, alpha=0.5, num_iters=1000):
    """Trains num_labels classifiers; returns all_w (num_labels, n) and all_b (num_labels,)"""
    X = np.asarray(X, dtype=float)
    y = np.asarray(y)
    all_w = np.zeros((num_labels, X.shape[1]))
    all_b = np.zeros(num_labels)
    for c in range(num_labels):
        target = (y == c).astype(float)
        all_w[c], all_b[c], _ = gradient_descent(X, target, all_w[c], all_b[c], alpha, num_iters)
    return all_w, all_b


def predict_one_vs_all(X, all_w, all_b):
    """The label whose classifier is the most confident"""
    scores = sigmoid(np.asarray(X, dtype=float) @ all_w.T + all_b)
    return np.argmax(scores, axis=1)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    C = np.array([[0, 3], [3, -1], [-3, -1.0]])
    y = r.integers(0, 3, 200)
    X = C[y] + r.normal(size=(200, 2))
    W, B = one_vs_all(X, y, 3)
    print(np.mean(predict_one_vs_all(X, W, B) == y))
