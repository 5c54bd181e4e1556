import numpy as np


class BaseRegression:
    """Shared gradient-descent loop of the linear models.

    Parameters
    ----------
    lr : float
        Learning rate.
    n_iterations : int
        Number of full passes over the data.
    """

    def __init__(self, lr=0.1, n_iterations=5000):
        self.lr = lr
        self.n_iterations = n_iterations
        self.weights = None
        self.bias = None

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0.0
        for _ in range(self.n_iterations):
            error = self._activation(X @ self.weights + self.bias) - y
            self.weights -= self.lr * (X.T @ error) / n_samples
            self.bias -= self.lr * error.mean()
        return self

    def _activation(self, z):
        raise NotImplementedError

    def predict(self, X):
        raise NotImplementedError


class LinearRegression(BaseRegression):
    def _activation(self, z):
        return z

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.weights + self.bias

    def score(self, X, y):
        y = np.asarray(y, dtype=float).ravel()
        residual = np.sum((y - self.predict(X)) ** 2)
        return 1 - residual / np.sum((y - y.mean()) ** 2)


class LogisticRegression(BaseRegression):
    """Binary classifier, labels 0 and 1."""

    def __init__(self, lr=0.5, n_iterations=5000, threshold=0.5):
        super().__init__(lr, n_iterations)
        self.threshold = threshold

    def _activation(self, z):
        return np.exp(-np.logaddexp(0, -z))

    def predict_proba(self, X):
        return self._activation(np.asarray(X, dtype=float) @ self.weights + self.bias)

    def predict(self, X):
        return (self.predict_proba(X) >= self.threshold).astype(int)
