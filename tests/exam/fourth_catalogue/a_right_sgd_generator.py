import numpy as np


def minibatches(n, size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    for lo in range(0, n, size):
        yield order[lo : lo + size]


class MiniBatchRegressor:
    def __init__(self, lr=0.1, epochs=300, batch_size=32, decay=0.05, random_state=None):
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.decay = decay
        self.random_state = random_state

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        rng = np.random.default_rng(self.random_state)
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        self.losses = []
        for epoch in range(self.epochs):
            rate = self.lr / (1.0 + self.decay * epoch)
            running = 0.0
            for rows in minibatches(len(y), self.batch_size, rng):
                err = X[rows] @ self.w + self.b - y[rows]
                running += np.sum(err**2)
                self.w -= rate * X[rows].T @ err / len(rows)
                self.b -= rate * err.mean()
            self.losses.append(running / len(y))
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
