# ruff: noqa
import numpy as np


class LinearRegressionGD:
    """Linear regression by batch gradient descent.

    The features are standardised internally so that one learning rate works
    for every scale. After `fit`, `coef_` and `intercept_` are in the
    ORIGINAL units, i.e.  y_hat = X @ coef_ + intercept_.
    """

    def __init__(self, learning_rate=0.1, n_iter=1000):
        self.learning_rate = learning_rate
        self.n_iter = n_iter

    def _standardise(self, X):
        return (X - self._mean) / self._scale

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n_samples, n_features = X.shape

        self._mean = X.mean(axis=0)
        self._scale = X.std(axis=0)
        self._scale[self._scale == 0] = 1.0
        Z = self._standardise(X)

        w = np.zeros(n_features)
        b = 0.0
        self.cost_history = []
        for _ in range(self.n_iter):
            y_hat = Z @ w + b
            error = y_hat - y
            self.cost_history.append((error**2).mean() / 2)
            w -= self.learning_rate * (Z.T @ error) / n_samples
            b -= self.learning_rate * error.mean()

        self._w, self._b = w, b
        # back to the units of the caller
        self.coef_ = w / self._scale
        self.intercept_ = b - self._mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        return self._standardise(X) @ self._w + self._b

    def rmse(self, X, y):
        return np.sqrt(np.mean((self.predict(X) - np.asarray(y)) ** 2))

    def __repr__(self):
        return "LinearRegressionGD(learning_rate=%g, n_iter=%d)" % (self.learning_rate, self.n_iter)
