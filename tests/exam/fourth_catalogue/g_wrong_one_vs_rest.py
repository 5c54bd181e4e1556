import numpy as np


class OneVsRestLogistic:
    def __init__(self, lr=0.3, n_iter=2000):
        self.lr = lr
        self.n_iter = n_iter

    def _fit_binary(self, X, t):
        w = np.zeros(X.shape[1])
        for _ in range(self.n_iter):
            p = 1 / (1 + np.exp(-X @ w))
            w -= self.lr * X.T @ (p - t) / len(t)
        return w

    def fit(self, X, y):
        X = np.c_[X, np.ones(len(X))]
        self.classes_ = np.unique(y)
        self.models_ = np.array([self._fit_binary(X, (y == c).astype(float)) for c in self.classes_])
        return self

    def predict_proba(self, X):
        """The sigmoid of every one-vs-rest model, normalised over the classes."""
        P = 1 / (1 + np.exp(-np.c_[X, np.ones(len(X))] @ self.models_.T))
        return P / P.sum(axis=1, keepdims=True)

    def predict(self, X):
        votes = np.round(1 / (1 + np.exp(-np.c_[X, np.ones(len(X))] @ self.models_.T)))
        return self.classes_[np.argmax(votes, axis=1)]
