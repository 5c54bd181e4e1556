"""The target is standardised for training, but predict only adds its mean back and forgets its deviation.
task: regression
candidate: Regressor
"""

import numpy as np


class Regressor:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.x_mean = X.mean(axis=0)
        self.x_std = X.std(axis=0)
        self.x_std = np.where(self.x_std == 0, 1.0, self.x_std)
        self.y_mean = y.mean()
        self.y_std = y.std() if y.std() > 0 else 1.0
        Xs = (X - self.x_mean) / self.x_std
        ys = (y - self.y_mean) / self.y_std
        self.w = np.zeros(X.shape[1])
        for _ in range(self.epochs):
            self.w -= self.learning_rate / len(ys) * (Xs.T @ (Xs @ self.w - ys))
        return self

    def predict(self, X):
        Xs = (np.asarray(X, dtype=float) - self.x_mean) / self.x_std
        return Xs @ self.w + self.y_mean
