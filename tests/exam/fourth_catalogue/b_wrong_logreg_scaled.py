import numpy as np


class LogisticRegressionGD:
    """Binary logistic regression, features standardised internally, any two labels."""

    def __init__(self, learning_rate=0.5, n_iter=1000, verbose=False):
        self.learning_rate = learning_rate
        self.n_iter = n_iter
        self.verbose = verbose

    @staticmethod
    def _sigmoid(t):
        return 0.5 * (1 + np.tanh(0.5 * t))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("two classes expected")
        t = (np.asarray(y) == self.classes_[1]).astype(float)
        self.mu = X.mean(axis=0)
        self.sd = X.std(axis=0)
        self.sd[X.max(axis=0) == X.min(axis=0)] = 1
        Xs = (X - self.mu) / self.sd
        n, d = Xs.shape
        self.w = np.zeros(d)
        self.b = 0.0
        for i in range(self.n_iter):
            p = self._sigmoid(Xs @ self.w + self.b)
            self.w -= self.learning_rate * Xs.T @ (p - t) / n
            self.b -= self.learning_rate * np.mean(p - t)
            if self.verbose and i % 100 == 0:
                print(i, np.mean((p > 0.5) == t))
        return self

    def predict_proba(self, X):
        p = self._sigmoid(np.asarray(X, dtype=float) @ self.w + self.b)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] >= 0.5).astype(int)]
