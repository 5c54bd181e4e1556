import numpy as np


class StandardizedLinearRegression:
    """Gradient-descent linear regression; the features are standardised internally and
    coef_ / intercept_ are reported on the original scale."""

    def __init__(self, lr=0.1, epochs=1000):
        self.lr = lr
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.mean_ = X.mean(axis=0)
        self.std_ = X.std(axis=0)
        self.std_[self.std_ == 0] = 1.0
        Z = (X - self.mean_) / self.std_
        w = np.zeros(X.shape[1])
        b = 0.0
        for _ in range(self.epochs):
            e = Z @ w + b - y
            w -= self.lr * Z.T @ e / len(y)
            b -= self.lr * e.mean()
        self._w, self._b = w, b
        self.coef_ = w / self.std_
        self.intercept_ = b - np.dot(self.mean_, w)
        return self

    def predict(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.std_ @ self._w + self._b
