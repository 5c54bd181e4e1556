import numpy as np


class LogisticPM:
    """Logistic regression for labels in {-1, +1}."""

    ETA0 = 0.5
    EPOCHS = 60
    SEED = 1

    def __call__(self, X):
        return np.asarray(X, float) @ self.w + self.b

    def train(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        if not set(np.unique(y)) <= {-1.0, 1.0}:
            raise ValueError("labels must be -1 or +1")
        rng = np.random.RandomState(self.SEED)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        t = 0
        for _ in range(self.EPOCHS):
            for i in rng.permutation(len(X)):
                eta = self.ETA0 / (1 + 0.01 * t)
                margin = y[i] * (X[i] @ self.w + self.b)
                g = -y[i] * 0.5 * (1 - np.tanh(margin / 2))
                self.w = self.w - eta * g * X[i]
                self.b = self.b - eta * g
                t += 1
        return self

    def loss(self, X, y):
        return float(np.mean(np.logaddexp(0, -np.asarray(y) * self(X))))

    def classify(self, X):
        return np.where(self(X) >= 0, 1, -1)
