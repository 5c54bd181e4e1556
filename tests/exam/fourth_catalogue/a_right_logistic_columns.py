"""Logistic regression with column vectors: X (n, d), y (n, 1), w (d, 1)."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def loss(w, b, X, y, lam=0.0):
    """Mean cross-entropy plus lam/2 * ||w||^2."""
    z = X @ w + b
    return float(np.mean(np.logaddexp(0, z) - y * z) + 0.5 * lam * np.sum(w**2))


def gradient(w, b, X, y, lam=0.0):
    diff = sigmoid(X @ w + b) - y
    return X.T @ diff / X.shape[0] + lam * w, float(np.mean(diff))


def train(X, y, lr=0.5, epochs=2000, lam=0.0):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).reshape(-1, 1)
    w, b = np.zeros((X.shape[1], 1)), 0.0
    for _ in range(epochs):
        dw, db = gradient(w, b, X, y, lam)
        w, b = w - lr * dw, b - lr * db
    return w, b


def predict(X, w, b):
    return (sigmoid(np.asarray(X, dtype=float) @ w + b) >= 0.5).astype(int)
