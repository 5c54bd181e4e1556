# ruff: noqa
"""
Linear regression trained with mini-batch gradient descent.

    w, b = train(X, y, learning_rate=0.01, epochs=100, batch_size=32)

Every step uses the gradient of the MEAN squared error over the rows of the
current batch; the last batch of an epoch may be shorter than batch_size.
"""

import numpy as np


def predict(X, weights, bias):
    return np.asarray(X, dtype=float) @ weights + bias


def mse(y_true, y_pred):
    return float(np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2))


def iterate_batches(n, batch_size, rng=None):
    order = np.arange(n) if rng is None else rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


def train(X, y, learning_rate=0.01, epochs=100, batch_size=32, shuffle=True, seed=None, verbose=False):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).ravel()
    n, d = X.shape

    weights = np.zeros(d)
    bias = 0.0
    rng = np.random.default_rng(seed) if shuffle else None

    for epoch in range(epochs):
        for idx in iterate_batches(n, batch_size, rng):
            xb, yb = X[idx], y[idx]
            err = predict(xb, weights, bias) - yb
            scale = 2.0 / len(idx)
            grad_w = scale * (xb.T @ err)
            grad_b = scale * err.sum()
            weights = weights - learning_rate * grad_w
            bias = bias - learning_rate * grad_b
        if verbose and epoch % 10 == 0:
            print(epoch, mse(y, predict(X, weights, bias)))

    return weights, bias


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    X = rng.normal(size=(256, 2))
    y = 3 * X[:, 0] - X[:, 1] + 2
    print(train(X, y, 0.05, 50))
