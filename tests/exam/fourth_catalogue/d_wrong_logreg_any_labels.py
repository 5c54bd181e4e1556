import numpy as np


class LogisticClassifier:
    """Binary logistic regression for any pair of labels, e.g. {-1, 1} or {'no', 'yes'}."""

    def __init__(self, lr=0.2, epochs=1000, lam=0.0):
        self.lr = lr
        self.epochs = epochs
        self.lam = lam

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        target = (y == self.classes_[1]).astype(float)
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        for _ in range(self.epochs):
            p = self._sigmoid(X @ self.w + self.b)
            self.w -= self.lr * (X.T @ (p - target) / n + self.lam * self.w)
            self.b -= self.lr * np.mean(p - target)
        return self

    def _sigmoid(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    def predict_proba(self, X):
        p = self._sigmoid(X @ self.w + self.b)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)

    def score(self, X, y):
        return np.mean(self.predict(X) == y)
