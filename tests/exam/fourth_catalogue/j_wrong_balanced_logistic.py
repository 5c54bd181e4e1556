import numpy as np


class BalancedLogisticRegression:
    """Logistic regression whose loss can be weighted by class.

    class_weight: None, a dict {0: w0, 1: w1} or "balanced"
    (weights inversely proportional to the class frequencies).
    """

    def __init__(self, lr=0.3, n_iter=4000, class_weight="balanced"):
        self.lr = lr
        self.n_iter = n_iter
        self.class_weight = class_weight

    def _sample_weights(self, y):
        if self.class_weight is None:
            return np.ones(len(y))
        if self.class_weight == "balanced":
            n0, n1 = np.sum(y == 0), np.sum(y == 1)
            w0, w1 = len(y) / (2 * n1), len(y) / (2 * n0)
        else:
            w0, w1 = self.class_weight[0], self.class_weight[1]
        return np.where(y == 1, w1, w0)

    def _sigmoid(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -30, 30)))

    def fit(self, X, y):
        sw = self._sample_weights(y)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.n_iter):
            d = sw * (self._sigmoid(X @ self.w + self.b) - y)
            self.w -= self.lr * X.T @ d / sw.sum()
            self.b -= self.lr * d.sum() / sw.sum()
        return self

    def predict_proba(self, X):
        return self._sigmoid(X @ self.w + self.b)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
