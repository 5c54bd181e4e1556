"""The bias's step uses an error computed again after the weights have moved, so the update is not simultaneous.
task: regression
candidate: train
"""

import numpy as np


def forward(X, weights, bias):
    return X @ weights + bias


def train(X, y, learning_rate=0.1, epochs=100):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    n = len(y)
    weights = np.zeros(X.shape[1])
    bias = 0.0
    for _ in range(epochs):
        weights = weights - learning_rate * (2 / n) * X.T @ (forward(X, weights, bias) - y)
        bias = bias - learning_rate * (2 / n) * np.sum(forward(X, weights, bias) - y)
    return weights, bias
