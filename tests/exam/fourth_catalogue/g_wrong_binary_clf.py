import numpy as np


class LogisticClassifier:
    """Logistic regression for 0/1 labels (or booleans), gradient descent on the mean log loss."""

    def __init__(self, step=0.2, n_steps=2000):
        self.step = step
        self.n_steps = n_steps

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.w_ + self.w0_

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.w_ = np.zeros(X.shape[1])
        self.w0_ = 0.0
        for _ in range(self.n_steps):
            out = 1 / (1 + np.exp(-self.decision_function(X)))
            residual = y - out
            self.w_ = self.w_ + self.step * X.T @ residual / len(y)
            self.w0_ = self.w0_ + self.step * np.mean(residual)
        return self

    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-self.decision_function(X)))
        return np.stack([1 - p, p], axis=1)

    def predict(self, X):
        return np.where(self.decision_function(X) >= 0.5, 1, 0)

    def score(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))
