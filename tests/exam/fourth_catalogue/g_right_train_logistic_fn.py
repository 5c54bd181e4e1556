import numpy as np


def train(X, y, learning_rate=0.5, epochs=5000):
    """Train a logistic regression on X (n x d), y (0/1); returns (weights, bias)."""
    n, d = X.shape
    y = np.asarray(y).reshape(n)
    weights = np.zeros(d)
    bias = 0.0
    for _ in range(epochs):
        z = X.dot(weights) + bias
        p = 0.5 * (1 + np.tanh(0.5 * z))
        diff = p - y
        weights = weights - learning_rate * X.T.dot(diff) / n
        bias = bias - learning_rate * diff.sum() / n
    return weights, bias


def predict(X, weights, bias):
    return (X.dot(weights) + bias > 0).astype(int)
