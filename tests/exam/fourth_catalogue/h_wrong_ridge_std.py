import numpy as np


class StandardizedRidge:
    """Ridge on standardised predictors (like lm.ridge / glmnet), coefficients reported
    on the original scale.

        min ||y - a - Z g||^2 + k ||g||^2,   Z = (X - mean) / sd
    """

    def __init__(self, k=1.0):
        self.k = k

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        m, s = X.mean(axis=0), X.std(axis=0)
        s = np.where(s == 0, 1.0, s)
        Z = (X - m) / s
        g = np.linalg.solve(Z.T @ Z + self.k * np.eye(Z.shape[1]), Z.T @ (y - y.mean()))
        self.coef_ = g / s
        self.intercept_ = y.mean() - m @ g
        return self

    def predict(self, X):
        return self.intercept_ + np.asarray(X, float) @ self.coef_
