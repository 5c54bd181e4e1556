import numpy as np


class LabelLogit:
    """Logistic regression of any two labels (strings, -1/+1, 0/1, ...)."""

    def __init__(self, step_size=0.5, num_steps=2000, penalty=0.0):
        self.step_size = step_size
        self.num_steps = num_steps
        self.penalty = penalty

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y).ravel()
        self.classes_ = np.unique(y)
        t = np.where(y == y[0], 0.0, 1.0)
        n = X.shape[0]
        Xb = np.c_[X, np.ones(n)]
        theta = np.zeros(Xb.shape[1])
        for _ in range(self.num_steps):
            grad = Xb.T @ (self._sigmoid(Xb @ theta) - t) / n
            grad[:-1] += self.penalty * theta[:-1]
            theta = theta - self.step_size * grad
        self.theta_ = theta
        return self

    @staticmethod
    def _sigmoid(z):
        return np.exp(-np.logaddexp(0, -z))

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        p1 = self._sigmoid(X @ self.theta_[:-1] + self.theta_[-1])
        return np.array([1 - p1, p1]).T

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
