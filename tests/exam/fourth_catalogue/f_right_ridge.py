import numpy as np


class Ridge:
    """Least squares with an L2 penalty: sum_i s_i (y_i - x_i w - b)^2 + alpha ||w||^2.

    solver : {'cholesky', 'svd', 'gd'}
    The intercept b is not penalised.
    """

    def __init__(self, alpha=1.0, fit_intercept=True, solver="cholesky", max_iter=10000, tol=1e-10):
        self.alpha = alpha
        self.fit_intercept = fit_intercept
        self.solver = solver
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y, sample_weight=None):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        n, d = X.shape
        s = np.ones(n) if sample_weight is None else np.asarray(sample_weight, float)
        if self.fit_intercept:
            mx = s @ X / s.sum()
            my = s @ y / s.sum()
        else:
            mx, my = np.zeros(d), 0.0
        r = np.sqrt(s)
        A = (X - mx) * r[:, None]
        t = (y - my) * r
        if self.solver == "cholesky":
            L = np.linalg.cholesky(A.T @ A + self.alpha * np.eye(d))
            w = np.linalg.solve(L.T, np.linalg.solve(L, A.T @ t))
        elif self.solver == "svd":
            U, sv, Vt = np.linalg.svd(A, full_matrices=False)
            w = Vt.T @ (sv / (sv**2 + self.alpha) * (U.T @ t))
        elif self.solver == "gd":
            w = np.zeros(d)
            eta = 1.0 / (np.linalg.norm(A, 2) ** 2 + self.alpha)
            for _ in range(self.max_iter):
                g = A.T @ (A @ w - t) + self.alpha * w
                w -= eta * g
                if np.abs(eta * g).max() < self.tol:
                    break
        else:
            raise ValueError(self.solver)
        self.coef_ = w
        self.intercept_ = my - mx @ w
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_
