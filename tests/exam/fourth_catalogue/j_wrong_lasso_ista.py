import numpy as np


class LassoISTA:
    """min_w  1/(2n) ||y - Xw - b||^2 + lam * ||w||_1  by proximal gradient descent."""

    def __init__(self, lam=0.1, step=0.1, n_steps=5000):
        self.lam = lam
        self.step = step
        self.n_steps = n_steps

    def prox(self, w):
        return np.sign(w) * np.maximum(np.abs(w) - self.lam, 0.0)

    def objective(self, X, y):
        r = y - self.predict(X)
        return r @ r / (2 * len(y)) + self.lam * np.abs(self.w).sum()

    def fit(self, X, y):
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = y.mean()
        self.history = []
        for _ in range(self.n_steps):
            r = X @ self.w + self.b - y
            self.w = self.prox(self.w - self.step * X.T @ r / n)
            self.b -= self.step * r.mean()
            self.history.append(self.objective(X, y))
        return self

    def predict(self, X):
        return X @ self.w + self.b
