import numpy as np


class HuberLinear:
    """Linear regression with Huber loss, gradient descent."""

    def __init__(self, delta=1.35, lr=0.1, iters=3000):
        self.delta = delta
        self.lr = lr
        self.iters = iters

    def _loss(self, r):
        a = np.abs(r)
        return np.where(a <= self.delta, 0.5 * r**2, self.delta * (a - 0.5 * self.delta)).mean()

    def _psi(self, r):
        return np.where(np.abs(r) <= self.delta, r, self.delta)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = np.median(y)
        self.loss_curve = []
        for _ in range(self.iters):
            r = X @ self.w + self.b - y
            g = self._psi(r)
            self.w = self.w - self.lr * (X.T @ g) / n
            self.b = self.b - self.lr * g.mean()
            self.loss_curve.append(self._loss(r))
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
