# ruff: noqa
"""Multi-class logistic regression, one-vs-rest."""

import numpy as np


class _Binary:
    """Plain 0/1 logistic regression used as the building block."""

    def __init__(self, lr, n_iter, alpha):
        self.lr, self.n_iter, self.alpha = lr, n_iter, alpha

    def fit(self, X, t):
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        for _ in range(self.n_iter):
            p = self.proba(X)
            self.w -= self.lr * (X.T @ (p - t) / n + self.alpha * self.w)
            self.b -= self.lr * np.mean(p - t)
        return self

    def proba(self, X):
        z = np.clip(X @ self.w + self.b, -500, 500)
        return 1 / (1 + np.exp(-z))

    def predict(self, X):
        return (self.proba(X) >= 0.5).astype(int)


class OneVsRestLogistic:
    """One binary model per class; the most confident model wins.

    Parameters: lr, n_iter (gradient steps for each model), alpha (L2).
    """

    def __init__(self, lr=0.1, n_iter=1000, alpha=0.0):
        self.lr = lr
        self.n_iter = n_iter
        self.alpha = alpha

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        self.models_ = []
        for c in self.classes_:
            t = (y == c).astype(float)
            self.models_.append(_Binary(self.lr, self.n_iter, self.alpha).fit(X, t))
        return self

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        P = np.column_stack([m.proba(X) for m in self.models_])
        return P / P.sum(axis=1, keepdims=True)

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        scores = np.column_stack([m.proba(X) for m in self.models_])
        return self.classes_[np.argmax(scores, axis=1)]

    def score(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    centres = np.array([[0, 6], [6, -3], [-6, -3]])
    X = np.vstack([c + rng.normal(size=(50, 2)) for c in centres])
    y = np.repeat(["a", "b", "c"], 50)
    print(OneVsRestLogistic().fit(X, y).score(X, y))
