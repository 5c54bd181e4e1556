import numpy as np


class HuberIRLS:
    """Huber regression with threshold `delta` in the units of y, by reweighting."""

    def __init__(self, delta=1.0, max_iter=300, tol=1e-10):
        self.delta = delta
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
        y = np.asarray(y, dtype=float).ravel()
        theta = np.linalg.lstsq(A, y, rcond=None)[0]
        for _ in range(self.max_iter):
            a = np.abs(y - A @ theta)
            u = np.minimum(1.0, self.delta / np.maximum(a, 1e-12))
            s = np.sqrt(u)
            new = np.linalg.lstsq(A * s[:, None], y * s, rcond=None)[0]
            done = np.max(np.abs(new - theta)) < self.tol
            theta = new
            if done:
                break
        self.intercept_, self.coef_ = theta[0], theta[1:]
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
