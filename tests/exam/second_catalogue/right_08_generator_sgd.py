"""Mini-batch descent from a generator of shuffled batches, with a falling rate and scaling inside, in raw units after.
task: regression
candidate: StreamRegressor
"""

import numpy as np


def batches(n, size, rng):
    order = rng.permutation(n)
    yield from (order[i : i + size] for i in range(0, n, size))


class StreamRegressor:
    def __init__(self, learning_rate=0.1, epochs=200, batch_size=32, seed=1):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        rng = np.random.default_rng(self.seed)
        mu, sd = X.mean(axis=0), X.std(axis=0)
        sd = np.where(sd > 0, sd, 1.0)
        Z = (X - mu) / sd
        w, b = np.zeros(Z.shape[1]), 0.0
        for epoch in range(self.epochs):
            rate = self.learning_rate / (1 + 0.05 * epoch)
            for rows in batches(len(y), self.batch_size, rng):
                e = Z[rows] @ w + b - y[rows]
                w, b = w - rate * (e @ Z[rows]) / len(rows), b - rate * e.mean()
        self.coef_ = w / sd
        self.intercept_ = b - self.coef_ @ mu
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
