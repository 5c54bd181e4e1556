import numpy as np


class OrdinaryLeastSquares:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept
        self.beta = None

    def fit(self, X, y):
        X = np.atleast_2d(np.asarray(X, dtype=float))
        if self.fit_intercept:
            X = np.hstack([X, np.ones((X.shape[0], 1))])
        self.beta = np.linalg.pinv(X.T @ X) @ X.T @ np.asarray(y, dtype=float)
        return self

    def predict(self, X):
        X = np.atleast_2d(np.asarray(X, dtype=float))
        if self.fit_intercept:
            X = np.hstack([np.ones((X.shape[0], 1)), X])
        return X @ self.beta

    def score(self, X, y):
        y = np.asarray(y, dtype=float)
        res = y - self.predict(X)
        return 1 - np.sum(res**2) / np.sum((y - y.mean()) ** 2)
