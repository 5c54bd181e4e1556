import numpy as np


class RidgeRegressor:
    """Ridge on standardised features; coef_ is given for the raw features.

    Minimises ||y - Xs w||^2 + alpha ||w||^2 with Xs the standardised X.
    """

    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def get_params(self, deep=True):
        return {"alpha": self.alpha}

    def set_params(self, **params):
        for name, value in params.items():
            setattr(self, name, value)
        return self

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        mu, sigma = X.mean(axis=0), X.std(axis=0)
        sigma = np.where(sigma == 0, 1.0, sigma)
        Xs = (X - mu) / sigma
        A = Xs.T @ Xs + self.alpha * np.eye(X.shape[1])
        coef = np.linalg.solve(A, Xs.T @ (y - y.mean()))
        self.intercept_ = y.mean() - mu @ coef
        self.coef_ = coef / sigma
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def score(self, X, y):
        y = np.asarray(y, dtype=float)
        e = y - self.predict(X)
        return 1 - (e @ e) / np.sum((y - y.mean()) ** 2)
