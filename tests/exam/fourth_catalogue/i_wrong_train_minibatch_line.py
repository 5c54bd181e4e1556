import numpy as np


def train(X, y, learning_rate=0.05, epochs=500, batch_size=25):
    """Linear regression with mini-batch gradient descent.

    X : (n, d) array, y : (n,) array
    returns weights (d,), bias
    """
    n, d = X.shape
    weights = np.zeros(d)
    bias = 0.0
    n_batches = max(1, (n - 1) // batch_size)
    for epoch in range(epochs):
        lr = learning_rate / (1 + 0.05 * epoch)
        for k in range(n_batches):
            xb = X[k * batch_size : (k + 1) * batch_size]
            yb = y[k * batch_size : (k + 1) * batch_size]
            e = yb - (xb @ weights + bias)
            weights = weights + lr * (xb.T @ e) / len(xb)
            bias = bias + lr * e.mean()
    return weights, bias


def predict(X, weights, bias):
    return X @ weights + bias


def mse(y, y_hat):
    return np.mean((y - y_hat) ** 2)


if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.randn(500, 3)
    y = X @ np.array([1.5, -2.0, 0.5]) + 4.0 + 0.1 * np.random.randn(500)
    w, b = train(X, y)
    print(w, b, mse(y, predict(X, w, b)))
