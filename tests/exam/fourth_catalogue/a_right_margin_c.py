import numpy as np


class MarginLogit:
    """0.5 ||w||^2 + C * sum log(1 + exp(-s (xw + b))), s in {-1, +1}.

    The two labels may be anything; the later one in sorted order is the positive.
    """

    def __init__(self, C=1.0, max_iter=5000, tol=1e-7):
        self.C = C
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y).ravel()
        self.classes_ = np.unique(y)
        s = np.where(y == self.classes_[1], 1.0, -1.0)
        A = np.c_[X, np.ones(len(X))]
        mask = np.r_[np.ones(X.shape[1]), 0.0]
        L = 0.25 * self.C * np.linalg.norm(A, 2) ** 2 + 1.0
        theta = np.zeros(A.shape[1])
        v, t = theta.copy(), 1.0
        for _ in range(self.max_iter):
            sig = np.exp(-np.logaddexp(0, s * (A @ v)))
            g = mask * v - self.C * A.T @ (s * sig)
            new = v - g / L
            if (v - new) @ (new - theta) > 0:
                t = 1.0
            t_next = 0.5 * (1 + np.sqrt(1 + 4 * t**2))
            v = new + (t - 1) / t_next * (new - theta)
            theta, t = new, t_next
            if np.abs(g).max() < self.tol:
                break
        self.w, self.b = theta[:-1], theta[-1]
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b

    def predict_proba(self, X):
        f = self.decision_function(X)
        return np.column_stack([np.exp(-np.logaddexp(0, f)), np.exp(-np.logaddexp(0, -f))])

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, self.classes_[1], self.classes_[0])
