import numpy as np


class CosineSchedule:
    """Learning rate from lr_max down to lr_min along half a cosine in t_max steps."""

    def __init__(self, lr_max, t_max, lr_min=0.0):
        self.lr_max, self.lr_min, self.t_max, self.t = lr_max, lr_min, t_max, 0

    def step(self):
        lr = self.lr_min + 0.5 * (self.lr_max - self.lr_min) * (1 + np.cos(np.pi * self.t / self.t_max))
        self.t += 1
        return lr


class TinyNet:
    """tanh network with one hidden layer for regression, mini-batch SGD, cosine learning rate."""

    def __init__(self, hidden=16, epochs=200, batch_size=25, lr=0.1, seed=0):
        self.hidden, self.epochs, self.batch_size, self.lr, self.seed = hidden, epochs, batch_size, lr, seed

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        X, y = np.asarray(X, float), np.asarray(y, float).reshape(len(X), -1)
        self.W1 = rng.normal(size=(X.shape[1], self.hidden)) / np.sqrt(X.shape[1])
        self.b1 = np.zeros(self.hidden)
        self.W2 = rng.normal(size=(self.hidden, y.shape[1])) / np.sqrt(self.hidden)
        self.b2 = np.zeros(y.shape[1])
        schedule = CosineSchedule(self.lr, self.epochs)
        self.lr_history_ = []
        for epoch in range(self.epochs):
            order = rng.permutation(len(X))
            for start in range(0, len(X), self.batch_size):
                rows = order[start : start + self.batch_size]
                lr = schedule.step()
                A = np.tanh(X[rows] @ self.W1 + self.b1)
                d2 = (A @ self.W2 + self.b2 - y[rows]) / len(rows)
                d1 = d2 @ self.W2.T * (1 - A**2)
                self.W2 -= lr * A.T @ d2
                self.b2 -= lr * d2.sum(0)
                self.W1 -= lr * X[rows].T @ d1
                self.b1 -= lr * d1.sum(0)
                self.lr_history_.append(lr)
        return self

    def predict(self, X):
        return (np.tanh(np.asarray(X, float) @ self.W1 + self.b1) @ self.W2 + self.b2).squeeze(-1)
