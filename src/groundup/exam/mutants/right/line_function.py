# pyright: basic
"""Linear regression by gradient descent, as one function."""

import numpy as np


def train(X, y, learning_rate, epochs):
    """Weights and bias after so many steps down the mean of the squares."""
    n = len(y)
    w = np.zeros(X.shape[1])
    b = 0.0
    for _epoch in range(epochs):
        residual = y - (np.dot(X, w) + b)
        w_gradient = -2 / n * np.dot(X.T, residual)
        b_gradient = -2 / n * residual.sum()
        w -= learning_rate * w_gradient
        b -= learning_rate * b_gradient
    return w, b
