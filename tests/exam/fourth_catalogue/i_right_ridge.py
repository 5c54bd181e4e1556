import numpy as np


class RidgeRegression:
    """
    minimise ||y - Xw - b||^2 + alpha * ||w||^2   (b is not penalised)

    Parameters
    ----------
    alpha : float, default 1.0
    """

    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        x_mean = X.mean(axis=0)
        y_mean = y.mean()
        U, s, Vt = np.linalg.svd(X - x_mean, full_matrices=False)
        keep = s > 1e-12 * s.max()
        d = np.zeros_like(s)
        d[keep] = s[keep] / (s[keep] ** 2 + self.alpha)
        self.coef_ = Vt.T @ (d * (U.T @ (y - y_mean)))
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.array(X, dtype=float) @ self.coef_ + self.intercept_
