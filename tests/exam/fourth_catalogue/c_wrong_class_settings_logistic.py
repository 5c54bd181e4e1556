import numpy as np


class LogisticClassifier:
    LEARNING_RATE = 0.3
    MAX_ITER = 500
    L2 = 0.0
    history = []

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        for _ in range(self.MAX_ITER):
            p = self.predict_proba(X)
            self.w = self.w - self.LEARNING_RATE * (X.T @ (p - y) / n + self.L2 * self.w)
            self.b = self.b - self.LEARNING_RATE * np.mean(p - y)
            p = np.clip(p, 1e-12, 1 - 1e-12)
            self.history.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        return self

    def predict_proba(self, X):
        z = np.clip(np.asarray(X, float) @ self.w + self.b, -500, 500)
        return 1.0 / (1.0 + np.exp(-z))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    @property
    def iterations_done(self):
        return len(self.history)
