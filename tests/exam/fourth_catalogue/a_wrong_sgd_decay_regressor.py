import numpy as np


class SGDLinear:
    """SGD linear regression whose learning rate shrinks by `decay` each epoch."""

    def __init__(self, lr=0.05, decay=0.97, epochs=150, batch_size=20, seed=1):
        self.lr = lr
        self.decay = decay
        self.epochs = epochs
        self.batch_size = batch_size
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        rng = np.random.RandomState(self.seed)
        n, d = X.shape
        self.w = np.zeros((d, 1))
        self.b = 0.0
        self.losses = []
        for _ in range(self.epochs):
            idx = rng.permutation(n)
            for s in range(0, n, self.batch_size):
                part = idx[s : s + self.batch_size]
                e = X[part] @ self.w + self.b - y[part]
                self.w -= self.lr * 2 * X[part].T @ e / len(part)
                self.b -= self.lr * 2 * e.mean()
            self.losses.append(float(np.mean((X @ self.w + self.b - y) ** 2)))
            self.lr *= self.decay
        return self

    def predict(self, X):
        return (np.asarray(X, dtype=float) @ self.w + self.b).ravel()
