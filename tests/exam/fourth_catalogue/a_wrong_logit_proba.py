import numpy as np


class BinaryLogit(object):
    """Two-class logistic regression by full-batch gradient descent."""

    def __init__(self, learning_rate=0.5, max_iters=2000):
        self.learning_rate = learning_rate
        self.max_iters = max_iters

    @staticmethod
    def _sigmoid(t):
        return 1.0 / (1.0 + np.exp(-np.clip(t, -500, 500)))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("BinaryLogit needs exactly two classes")
        target = (y.ravel() == self.classes_[1]).astype(float)
        n, d = X.shape
        self.coef_ = np.zeros(d)
        self.intercept_ = 0.0
        for _ in range(self.max_iters):
            residual = self._sigmoid(self.decision_function(X)) - target
            self.coef_ = self.coef_ - self.learning_rate * X.T @ residual / n
            self.intercept_ -= self.learning_rate * residual.mean()
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack((p, 1.0 - p))

    def predict(self, X):
        positive = self.decision_function(X) >= 0
        return self.classes_[positive.astype(int)]
