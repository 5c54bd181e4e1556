"""The learning-rate decay is applied to the already decayed rate, so the steps die out long before the minimum.
task: regression
candidate: DecayingRegressor
"""

import numpy as np


class DecayingRegressor:
    def __init__(self, learning_rate=0.1, epochs=1000, decay=0.01):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.decay = decay

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n_samples = X.shape[0]
        Xb = np.hstack([X, np.ones((n_samples, 1))])
        theta = np.zeros(Xb.shape[1])
        lr = self.learning_rate
        for epoch in range(self.epochs):
            lr = lr / (1 + self.decay * epoch)
            gradient = 2 / n_samples * Xb.T @ (Xb @ theta - y)
            theta -= lr * gradient
        self.theta_ = theta
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        return X @ self.theta_[:-1] + self.theta_[-1]
