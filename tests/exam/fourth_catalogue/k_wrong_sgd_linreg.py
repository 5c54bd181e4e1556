import random

import numpy as np


class SGDRegressor:
    """Least-squares line/plane by mini-batch stochastic gradient descent.

    The training data are reshuffled before every epoch.
    """

    def __init__(self, eta=0.05, epochs=100, mini_batch_size=10, seed=0):
        self.eta = eta
        self.epochs = epochs
        self.mini_batch_size = mini_batch_size
        self.seed = seed

    def fit(self, X, y):
        random.seed(self.seed)
        data = np.column_stack([np.asarray(X, dtype=float), np.asarray(y, dtype=float)])
        n = len(data)
        self.w = np.zeros(data.shape[1] - 1)
        self.b = 0.0
        for epoch in range(self.epochs):
            random.shuffle(data)
            eta = self.eta / (1 + 0.05 * epoch)
            mini_batches = [data[k : k + self.mini_batch_size] for k in range(0, n, self.mini_batch_size)]
            for batch in mini_batches:
                self._update(batch[:, :-1], batch[:, -1], eta)
        return self

    def _update(self, X, y, eta):
        error = X @ self.w + self.b - y
        self.w = self.w - eta * X.T @ error / len(y)
        self.b = self.b - eta * error.mean()

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
