"""Logistic regression, functional style."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))


def loss(X, y, w, b, l2=0.0):
    z = X @ w + b
    return np.mean(np.logaddexp(0, z) - y * z) + 0.5 * l2 * np.dot(w, w)


def gradient(X, y, w, b, l2=0.0):
    p = sigmoid(X @ w + b)
    dw = X.T @ (p - y) / len(y) + l2 * w
    db = np.mean(p - y)
    return dw, db


def train(X, y, learning_rate=0.1, epochs=20000, l2=0.01, tol=1e-8):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    w = np.zeros(X.shape[1])
    b = 0.0
    for _ in range(epochs):
        dw, db = gradient(X, y, w, b, l2)
        w = w - learning_rate * dw
        b = b - learning_rate * db
        if np.sqrt(dw @ dw + db * db) < tol:
            break
    return w, b


def predict_proba(X, w, b):
    return sigmoid(np.asarray(X, dtype=float) @ w + b)


def predict(X, w, b, threshold=0.5):
    return (predict_proba(X, w, b) >= threshold).astype(int)
