import numpy as np


class WeightedLinearModel:
    """
    Weighted least squares with an intercept.

    ``sample_weight`` is proportional to 1 / Var(e_i); without it this is OLS.
    ``robust=True`` gives sandwich (HC0) standard errors in ``se_``.
    """

    def __init__(self, robust=False):
        self.robust = robust

    def fit(self, X, y, sample_weight=None):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, float)
        Z = np.column_stack((X, np.ones(len(y))))
        ZtW = Z.T * w
        A = ZtW @ Z
        b = np.linalg.solve(A, ZtW @ y)
        e = y - Z @ b
        n, k = Z.shape
        inv = np.linalg.inv(A)
        if self.robust:
            G = Z * (w * e)[:, None]
            V = inv @ (G.T @ G) @ inv
        else:
            V = inv * (w @ e**2) / (n - k)
        self.coef_, self.intercept_ = b[:-1], b[-1]
        se = np.sqrt(np.diag(V))
        self.se_, self.intercept_se_ = se[:-1], se[-1]
        ybar = w @ y / w.sum()
        self.rsquared_ = 1 - (w @ e**2) / (w @ (y - ybar) ** 2)
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_
