import numpy as np


def train(X, y, learning_rate=0.1, epochs=2000):
    """Fit y = X @ weights + bias by gradient descent on the mean squared error.

    Returns (weights, bias).
    """
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    if X.ndim == 1:
        X = X.reshape(-1, 1)
    n, d = X.shape
    weights = np.zeros(d)
    bias = 0.0
    for epoch in range(epochs):
        pred = X.dot(weights) + bias
        diff = pred - y
        grad_w = (2 / n) * X.T.dot(diff)
        grad_b = (2 / n) * diff.sum()
        weights = weights - learning_rate * grad_w
        bias = bias - learning_rate * grad_b
    return weights, bias


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    X = rng.standard_normal((100, 2))
    y = 3 * X[:, 0] - 2 * X[:, 1] + 1 + 0.05 * rng.standard_normal(100)
    print(train(X, y))
