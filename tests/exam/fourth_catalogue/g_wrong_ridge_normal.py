import numpy as np


class Ridge:
    """Closed-form ridge regression: ||y - A theta||^2 + lam * ||w||^2, the intercept unpenalised."""

    def __init__(self, lam=1.0):
        self.lam = lam

    def fit(self, X, y):
        A = np.insert(np.asarray(X, dtype=float), 0, 1.0, axis=1)
        reg = self.lam * np.eye(A.shape[1])
        reg[-1, -1] = 0.0
        self.theta_ = np.linalg.solve(A.T @ A + reg, A.T @ np.asarray(y, dtype=float))
        self.intercept_, self.coef_ = self.theta_[0], self.theta_[1:]
        return self

    def predict(self, X):
        return np.insert(np.asarray(X, dtype=float), 0, 1.0, axis=1) @ self.theta_
