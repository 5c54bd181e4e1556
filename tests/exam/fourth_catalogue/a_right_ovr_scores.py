import numpy as np


class OneVsAll:
    """One logistic model per class, all trained together as columns of Theta."""

    def __init__(self, lr=1.0, iters=3000, lam=1.0):
        self.lr = lr
        self.iters = iters
        self.lam = lam

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y).ravel()
        n = len(y)
        self.labels_ = sorted(set(y.tolist()))
        T = np.column_stack([(y == c).astype(float) for c in self.labels_])
        self.W = np.zeros((X.shape[1], len(self.labels_)))
        self.c = np.zeros(len(self.labels_))
        lr = min(self.lr, 3.0 / (np.linalg.norm(np.c_[X, np.ones(n)], 2) ** 2 / n + self.lam / n))
        for _ in range(self.iters):
            D = self._sig(X @ self.W + self.c) - T
            self.W = self.W - lr * (X.T @ D + self.lam * self.W) / n
            self.c = self.c - lr * D.mean(axis=0)
        return self

    @staticmethod
    def _sig(z):
        return 0.5 + 0.5 * np.tanh(z / 2)

    def predict_proba(self, X):
        P = self._sig(np.asarray(X, dtype=float) @ self.W + self.c)
        return P / P.sum(axis=1, keepdims=True)

    def predict(self, X):
        best = np.argmax(np.asarray(X, dtype=float) @ self.W + self.c, axis=1)
        return np.array([self.labels_[i] for i in best])
