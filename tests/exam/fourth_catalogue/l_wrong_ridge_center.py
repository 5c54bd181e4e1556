import numpy as np


class Ridge:
    """Ridge regression, normal equations on centred data.

    alpha: strength of the penalty, sum of squares + alpha * |coef|^2
    """

    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        X_mean = X.mean(axis=0)
        y_mean = y.mean()
        X = X - X_mean
        y -= y_mean
        gram = X.T @ X
        gram.flat[:: gram.shape[0] + 1] += self.alpha
        self.coef_ = np.linalg.solve(gram, X.T @ y)
        self.intercept_ = y_mean - X_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def score(self, X, y):
        y = np.asarray(y, dtype=float)
        u = ((y - self.predict(X)) ** 2).sum()
        v = ((y - y.mean()) ** 2).sum()
        return 1 - u / v
