import numpy as np


class MLPRegressor:
    """ReLU network for regression with (inverted) dropout on the hidden layer.

    dropout is the probability of dropping a unit while training; predict uses the full network.
    """

    def __init__(self, hidden=64, dropout=0.5, lr=0.02, epochs=600, batch_size=32, seed=0):
        self.hidden = hidden
        self.dropout = dropout
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.rng = np.random.default_rng(seed)

    def _forward(self, X, training):
        Z = X @ self.W1 + self.b1
        H = np.maximum(Z, 0)
        mask = np.ones_like(H)
        if training and self.dropout > 0:
            mask = (self.rng.random(H.shape) >= self.dropout).astype(float)
        H = H * mask
        return Z, mask, H, H @ self.w2 + self.b2

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        n, d = X.shape
        self.W1 = self.rng.normal(0, np.sqrt(2 / d), (d, self.hidden))
        self.b1 = np.zeros(self.hidden)
        self.w2 = self.rng.normal(0, np.sqrt(1 / self.hidden), self.hidden)
        self.b2 = 0.0
        self.losses_ = []
        for _ in range(self.epochs):
            order = self.rng.permutation(n)
            total = 0.0
            for i in range(0, n, self.batch_size):
                j = order[i : i + self.batch_size]
                Z, mask, H, out = self._forward(X[j], True)
                g = (out - y[j]) / len(j)
                total += np.sum((out - y[j]) ** 2)
                dZ = np.outer(g, self.w2) * mask * (Z > 0)
                self.w2 -= self.lr * H.T @ g
                self.b2 -= self.lr * g.sum()
                self.W1 -= self.lr * X[j].T @ dZ
                self.b1 -= self.lr * dZ.sum(0)
            self.losses_.append(total / n)
        return self

    def predict(self, X):
        return self._forward(np.asarray(X, float), False)[-1]
