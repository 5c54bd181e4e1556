"""The update stands after the loop over the batches, so only each epoch's last batch counts.
task: regression
candidate: BatchTrainer
"""

import numpy as np


class BatchTrainer:
    def __init__(self, learning_rate=0.1, epochs=500, batch_size=32):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size

    def _batches(self, X, y):
        for start in range(0, len(y), self.batch_size):
            stop = start + self.batch_size
            yield X[start:stop], y[start:stop]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        for _ in range(self.epochs):
            for xb, yb in self._batches(X, y):
                error = xb @ self.w + self.b - yb
                grad_w = xb.T @ error / len(yb)
                grad_b = error.mean()
            self.w -= self.learning_rate * grad_w
            self.b -= self.learning_rate * grad_b
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
