# pyright: basic
"""Logistic regression as functions."""

import numpy as np


def sigmoid(z):
    """1 / (1 + e^-z), without overflow."""
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def loss(X, y, w, b):
    """The mean log loss, in the score."""
    z = X @ w + b
    return np.mean(np.logaddexp(0, z) - y * z)


def gradient(X, y, w, b):
    """Its slopes, for the weights and for the bias."""
    error = sigmoid(X @ w + b) - y
    return X.T @ error / len(y), error.mean()


def train(X, y, learning_rate, epochs):
    """Weights and bias."""
    w = np.zeros(X.shape[1])
    b = 0.0
    for _epoch in range(epochs):
        dw, db = gradient(X, y, w, b)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b


def predict_proba(X, w, b):
    """The probability of class 1."""
    return sigmoid(X @ w + b)


def predict(X, w, b):
    """0 or 1."""
    return (predict_proba(X, w, b) >= 0.5).astype(int)
