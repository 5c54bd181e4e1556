import numpy as np
from scipy.special import expit


class NewtonLogistic:
    """L2-penalised logistic regression (0/1) by Newton's method.

    Minimises sum_i log-loss_i + 0.5 * lam * ||w||^2, intercept free.
    """

    def __init__(self, lam=1.0, max_iter=50, tol=1e-8):
        self.lam = lam
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        A = self._design(X)
        y = np.asarray(y, dtype=float).ravel()
        beta = np.zeros(A.shape[1])
        R = self.lam * np.eye(A.shape[1])
        R[0, 0] = 0.0
        for self.n_iter_ in range(1, self.max_iter + 1):
            p = expit(A @ beta)
            grad = A.T @ (p - y)
            hess = (A * (p * (1 - p))[:, None]).T @ A + R
            delta = np.linalg.solve(hess, grad)
            beta = beta - delta
            if np.abs(delta).max() < self.tol:
                break
        self.intercept_, self.coef_ = beta[0], beta[1:]
        return self

    @staticmethod
    def _design(X):
        X = np.asarray(X, dtype=float)
        return np.hstack((np.ones((len(X), 1)), X))

    def predict_proba(self, X):
        p = expit(self._design(X) @ np.r_[self.intercept_, self.coef_])
        return np.c_[1 - p, p]

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)
