import numpy as np


class SGDLogisticRegression:
    """Stochastic gradient descent with an exponentially decaying learning rate."""

    def __init__(self, learning_rate=0.1, decay=0.95, epochs=100, seed=0):
        self.learning_rate = learning_rate
        self.decay = decay
        self.epochs = epochs
        self.seed = seed

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        self.losses = []
        for epoch in range(self.epochs):
            for i in rng.permutation(n):
                p = 1 / (1 + np.exp(-(X[i] @ self.w + self.b)))
                self.w -= self.learning_rate * (p - y[i]) * X[i]
                self.b -= self.learning_rate * (p - y[i])
            self.learning_rate *= self.decay
            self.losses.append(self.log_loss(X, y))
        return self

    def log_loss(self, X, y):
        p = np.clip(self.predict_proba(X), 1e-12, 1 - 1e-12)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
