# ruff: noqa
"""logistic regression as plain functions

    sigmoid, loss, gradient, train, predict

train(..., X_val, y_val) gives back the (weights, bias) with the lowest
validation loss seen; without validation data the ones with the lowest
training loss.
"""

import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.where(
        z >= 0, 1.0 / (1.0 + np.exp(-np.maximum(z, 0))), np.exp(np.minimum(z, 0)) / (1.0 + np.exp(np.minimum(z, 0)))
    )


def loss(X, y, weights, bias):
    """mean binary cross entropy, y in {0, 1}"""
    z = X @ weights + bias
    return float(np.mean(np.logaddexp(0, z) - y * z))


def gradient(X, y, weights, bias):
    diff = sigmoid(X @ weights + bias) - y
    return X.T @ diff / len(y), float(np.mean(diff))


def predict_proba(X, weights, bias):
    return sigmoid(np.asarray(X, dtype=float) @ weights + bias)


def predict(X, weights, bias):
    return (predict_proba(X, weights, bias) >= 0.5).astype(int)


def accuracy(y, y_hat):
    return float(np.mean(np.asarray(y) == np.asarray(y_hat)))


def train(X, y, learning_rate=0.1, epochs=200, X_val=None, y_val=None):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    if X_val is None:
        X_val, y_val = X, y
    X_val = np.asarray(X_val, dtype=float)
    y_val = np.asarray(y_val, dtype=float)

    weights = np.zeros(X.shape[1])
    bias = 0.0
    best_loss = loss(X_val, y_val, weights, bias)
    best_weights, best_bias = weights.copy(), bias

    for _ in range(epochs):
        dw, db = gradient(X, y, weights, bias)
        weights -= learning_rate * dw
        bias -= learning_rate * db
        current = loss(X_val, y_val, weights, bias)
        if current < best_loss:
            best_loss = current
            best_weights, best_bias = weights.copy(), bias

    return best_weights, best_bias
