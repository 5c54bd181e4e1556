import numpy as np


class OLSRegression:
    """Ordinary least squares on centered data."""

    def __init__(self):
        self.coef_ = None
        self.intercept_ = None

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)

        x_mean = X.mean(axis=0)
        y_mean = y.mean()
        X_centered = X - x_mean
        y_centered = y - y_mean

        self.coef_ = np.linalg.lstsq(X_centered, y_centered, rcond=None)[0]
        self.intercept_ = y_mean
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        return X @ self.coef_ + self.intercept_

    def score(self, X, y):
        y_pred = self.predict(X)
        ss_res = np.sum((y - y_pred) ** 2)
        ss_tot = np.sum((y - np.mean(y)) ** 2)
        return 1 - ss_res / ss_tot
