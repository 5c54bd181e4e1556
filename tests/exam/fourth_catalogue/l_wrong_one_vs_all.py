import numpy as np


class BinaryLogit:
    def __init__(self, lr, iters):
        self.lr, self.iters = lr, iters

    def fit(self, X, t):
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        for _ in range(self.iters):
            p = self.proba(X)
            self.w -= self.lr * X.T @ (p - t) / len(t)
            self.b -= self.lr * (p - t).mean()
        return self

    def proba(self, X):
        return 1.0 / (1.0 + np.exp(-(X @ self.w + self.b)))

    def predict(self, X):
        return (self.proba(X) >= 0.5).astype(int)


class OneVsAll:
    """Trains one logistic regression per class, predicts the class with the most confident model."""

    def __init__(self, lr=0.2, iters=2000):
        self.lr = lr
        self.iters = iters

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.models_ = [BinaryLogit(self.lr, self.iters).fit(X, (y == c).astype(float)) for c in self.classes_]
        return self

    def predict(self, X):
        votes = np.column_stack([m.predict(X) for m in self.models_])
        return self.classes_[np.argmax(votes, axis=1)]

    def accuracy(self, X, y):
        return np.mean(self.predict(X) == y)
