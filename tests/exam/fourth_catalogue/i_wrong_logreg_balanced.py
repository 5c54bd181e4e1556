import numpy as np


def _sigmoid(t):
    return 1.0 / (1.0 + np.exp(-np.clip(t, -60, 60)))


class WeightedLogisticRegression:
    """Logistic regression with class weights.

    class_weight : None, "balanced" or {0: w0, 1: w1}
    """

    def __init__(self, learning_rate=0.3, n_iter=4000, class_weight="balanced", l2=0.0):
        self.learning_rate = learning_rate
        self.n_iter = n_iter
        self.class_weight = class_weight
        self.l2 = l2

    def _sample_weights(self, y):
        if self.class_weight is None:
            return np.ones(len(y))
        if self.class_weight == "balanced":
            n_pos = y.sum()
            n_neg = len(y) - n_pos
            table = {0: len(y) / (2.0 * n_neg), 1: len(y) / (2.0 * n_pos)}
        else:
            table = self.class_weight
        return np.where(y == 1, table[1], table[0])

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y).astype(int)
        s = self._sample_weights(y)
        m, n = X.shape
        self.coef = np.zeros(n)
        self.intercept = 0.0
        self.losses = []
        for _ in range(self.n_iter):
            p = _sigmoid(X @ self.coef + self.intercept)
            err = p - y
            dw = X.T @ (s * err) / m + self.l2 * self.coef
            db = err.sum() / m
            self.coef -= self.learning_rate * dw
            self.intercept -= self.learning_rate * db
            self.losses.append(-np.mean(s * np.log(np.where(y == 1, p, 1 - p) + 1e-12)))
        return self

    def predict_proba(self, X):
        p = _sigmoid(np.asarray(X, dtype=float) @ self.coef + self.intercept)
        return np.stack([1 - p, p], axis=1)

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)
