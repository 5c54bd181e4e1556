import numpy as np


class MiniBatchLinearRegression:
    def __init__(self, lr=0.05, n_epochs=300, batch_size=32, random_state=0):
        self.lr = lr
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.random_state = random_state
        self.loss_history = []

    def fit(self, X, y):
        rng = np.random.default_rng(self.random_state)
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        self.loss_history = []

        for epoch in range(self.n_epochs):
            perm = rng.permutation(n)
            for start in range(0, n - self.batch_size, self.batch_size):
                idx = perm[start : start + self.batch_size]
                xb, yb = X[idx], y[idx]
                err = xb @ self.w + self.b - yb
                self.w -= self.lr * 2 * xb.T @ err / len(idx)
                self.b -= self.lr * 2 * err.mean()
            self.loss_history.append(np.mean((X @ self.w + self.b - y) ** 2))
        return self

    def predict(self, X):
        return X @ self.w + self.b
