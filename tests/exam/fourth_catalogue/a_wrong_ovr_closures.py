import numpy as np


def _sig(z):
    return 1 / (1 + np.exp(-np.clip(z, -60, 60)))


class OneVsRestLogit:
    def __init__(self, lr=0.5, n_iter=1000):
        self.lr = lr
        self.n_iter = n_iter

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y).ravel()
        self.labels = np.unique(y)
        self.scorers = []
        for label in self.labels:
            target = (y == label).astype(float)
            w = np.zeros(X.shape[1])
            b = 0.0
            for _ in range(self.n_iter):
                err = _sig(X @ w + b) - target
                w = w - self.lr * X.T @ err / len(y)
                b = b - self.lr * err.mean()
            self.scorers.append(lambda Z: _sig(Z @ w + b))
        return self

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        S = np.column_stack([score(X) for score in self.scorers])
        return S / S.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.labels[np.argmax(self.predict_proba(X), axis=1)]
