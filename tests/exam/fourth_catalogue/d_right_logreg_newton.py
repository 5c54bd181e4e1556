import numpy as np


class LogisticRegressionNewton:
    """Logistic regression trained by Newton's method (IRLS) with a small L2 penalty."""

    def __init__(self, l2=1e-3, max_iter=50, tol=1e-8):
        self.l2 = l2
        self.max_iter = max_iter
        self.tol = tol

    @staticmethod
    def _sigmoid(z):
        return 0.5 * (1 + np.tanh(0.5 * z))

    @staticmethod
    def _add_intercept(X):
        return np.hstack([np.ones((X.shape[0], 1)), X])

    def fit(self, X, y):
        X = self._add_intercept(np.asarray(X, dtype=float))
        y = np.asarray(y, dtype=float)
        d = X.shape[1]
        penalty = self.l2 * np.eye(d)
        penalty[0, 0] = 0.0

        beta = np.zeros(d)
        for _ in range(self.max_iter):
            p = self._sigmoid(X @ beta)
            grad = X.T @ (p - y) + penalty @ beta
            W = p * (1 - p)
            H = X.T @ (X * W[:, None]) + penalty
            step = np.linalg.solve(H, grad)
            beta = beta - step
            if np.linalg.norm(step) < self.tol:
                break
        self.beta_ = beta
        return self

    def predict_proba(self, X):
        p1 = self._sigmoid(self._add_intercept(np.asarray(X, dtype=float)) @ self.beta_)
        return np.column_stack([1 - p1, p1])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)
