import numpy as np
from scipy.special import expit


class IRLSLogit:
    """Iteratively reweighted least squares, tiny ridge `eps` on the slopes for stability."""

    def __init__(self, eps=1e-6, max_iter=100, tol=1e-9):
        self.eps = eps
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        labels, t = np.unique(np.asarray(y).ravel(), return_inverse=True)
        self.classes_ = labels
        A = np.column_stack([np.ones(len(X)), X])
        R = self.eps * np.eye(A.shape[1])
        R[0, 0] = 0
        beta = np.zeros(A.shape[1])
        for _ in range(self.max_iter):
            eta = A @ beta
            p = expit(eta)
            v = np.maximum(p * (1 - p), 1e-10)
            z = eta + (t - p) / v
            new = np.linalg.solve(A.T @ (v[:, None] * A) + R, A.T @ (v * z))
            step = np.abs(new - beta).max()
            beta = new
            if step < self.tol:
                break
        self.intercept_ = beta[:1]
        self.coef_ = beta[1:].reshape(1, -1)
        return self

    def predict_proba(self, X):
        p = expit(np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_)
        return np.hstack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] >= 0.5).astype(int)]
