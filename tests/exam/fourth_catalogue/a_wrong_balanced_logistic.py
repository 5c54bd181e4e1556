import numpy as np


class BalancedLogistic:
    """Binary logistic regression with optional class_weight="balanced" for rare events."""

    def __init__(self, lr=0.5, epochs=2000, class_weight=None):
        self.lr = lr
        self.epochs = epochs
        self.class_weight = class_weight

    def _sample_weights(self, t):
        n = len(t)
        if self.class_weight is None:
            return np.ones(n)
        counts = np.bincount(t, minlength=2)
        per_class = counts / (2.0 * n)
        return per_class[t]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(np.asarray(y).ravel(), return_inverse=True)
        s = self._sample_weights(t)
        s = s / s.sum()
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        for _ in range(self.epochs):
            diff = s * (self._p(X) - t)
            self.w = self.w - self.lr * (X.T @ diff)
            self.b = self.b - self.lr * diff.sum()
        return self

    def _p(self, X):
        z = np.asarray(X, dtype=float) @ self.w + self.b
        return 0.5 * (1 + np.tanh(0.5 * z))

    def predict_proba(self, X):
        p = self._p(X)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self._p(X) > 0.5).astype(int)]
