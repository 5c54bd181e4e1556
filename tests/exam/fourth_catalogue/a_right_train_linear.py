import numpy as np


def train(X, y, learning_rate=0.05, epochs=1000, verbose=False):
    """Linear regression by gradient descent on the MSE. Returns (weights, bias)."""
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).reshape(-1)
    m, d = X.shape
    weights, bias = np.zeros(d), 0.0
    for epoch in range(1, epochs + 1):
        y_hat = np.dot(X, weights) + bias
        dw = (2 / m) * np.dot(X.T, y_hat - y)
        db = (2 / m) * np.sum(y_hat - y)
        weights -= learning_rate * dw
        bias -= learning_rate * db
        if verbose and epoch % 100 == 0:
            print(f"[{epoch}/{epochs}] mse before update: {np.mean((y_hat - y) ** 2):.5f}")
    return weights, bias
