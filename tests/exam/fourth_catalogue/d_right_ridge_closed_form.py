import numpy as np


class RidgeRegression:
    """
    Ridge regression solved in closed form.

    Minimises ||y - Xw - b||^2 + alpha * ||w||^2. The intercept is not penalised.
    """

    def __init__(self, alpha=1.0):
        self.alpha = alpha
        self.coef_ = None
        self.intercept_ = None

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)

        X_mean = X.mean(axis=0)
        y_mean = y.mean()
        Xc = X - X_mean
        yc = y - y_mean

        n_features = X.shape[1]
        A = Xc.T @ Xc + self.alpha * np.eye(n_features)
        self.coef_ = np.linalg.solve(A, Xc.T @ yc)
        self.intercept_ = y_mean - X_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X) @ self.coef_ + self.intercept_

    def score(self, X, y):
        y = np.asarray(y)
        u = ((y - self.predict(X)) ** 2).sum()
        v = ((y - y.mean()) ** 2).sum()
        return 1 - u / v
