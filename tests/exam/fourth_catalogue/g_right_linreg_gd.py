import numpy as np


class LinearRegressionGD:
    """Linear regression trained with batch gradient descent.

    Parameters
    ----------
    lr : float
        Step size.
    n_iters : int
        Number of passes over the data.
    """

    def __init__(self, lr=0.1, n_iters=2000):
        self.lr = lr
        self.n_iters = n_iters
        self.weights = None
        self.bias = None
        self.history = []

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0.0
        self.history = []
        for _ in range(self.n_iters):
            error = X @ self.weights + self.bias - y
            self.history.append(np.mean(error**2) / 2)
            self.weights -= self.lr * (X.T @ error) / n_samples
            self.bias -= self.lr * error.mean()
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.weights + self.bias

    def score(self, X, y):
        y = np.asarray(y, dtype=float).ravel()
        res = ((y - self.predict(X)) ** 2).sum()
        tot = ((y - y.mean()) ** 2).sum()
        return 1 - res / tot


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    X = rng.randn(120, 2)
    y = 4 * X[:, 0] - 1.5 * X[:, 1] + 7 + 0.3 * rng.randn(120)
    m = LinearRegressionGD().fit(X, y)
    print(m.weights, m.bias, m.score(X, y))
