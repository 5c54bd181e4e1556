import numpy as np


class RidgeRegression:
    """Ridge regression through the singular value decomposition.

    argmin_w,b  ||y - X w - b||^2 + alpha * ||w||^2
    """

    def __init__(self, alpha=1.0, fit_intercept=True):
        self.alpha = alpha
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        if self.fit_intercept:
            x_off, y_off = X.mean(axis=0), y.mean(axis=0)
        else:
            x_off, y_off = np.zeros(X.shape[1]), 0.0 * y[0]
        U, s, Vt = np.linalg.svd(X - x_off, full_matrices=False)
        keep = s > s.max() * 1e-14
        d = np.zeros_like(s)
        d[keep] = s[keep] / (s[keep] ** 2 + self.alpha)
        uty = U.T @ (y - y_off)
        self.coef_ = Vt.T @ (d * uty if y.ndim == 1 else d[:, None] * uty)
        self.intercept_ = y_off - x_off @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_
