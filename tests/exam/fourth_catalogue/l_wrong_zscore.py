import numpy as np


class StandardScaler:
    """Standardise every column to mean 0 and variance 1. Constant columns become 0."""

    def __init__(self):
        self.means = None
        self.stds = None

    def fit(self, X):
        X = np.asarray(X)
        self.means = X.mean(axis=0)
        self.stds = X.std(axis=0)
        return self

    def transform(self, X):
        X = np.asarray(X)
        scaled = np.zeros_like(X)
        for j in range(X.shape[1]):
            if self.stds[j] > 0:
                scaled[:, j] = (X[:, j] - self.means[j]) / self.stds[j]
        return scaled

    def fit_transform(self, X):
        return self.fit(X).transform(X)
