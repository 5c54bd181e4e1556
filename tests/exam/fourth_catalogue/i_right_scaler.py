import numpy as np


class StandardScaler:
    """Column-wise zero mean and unit variance."""

    def __init__(self, with_mean=True, with_std=True):
        self.with_mean = with_mean
        self.with_std = with_std

    def fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0) if self.with_mean else np.zeros(X.shape[1])
        if self.with_std:
            s = X.std(axis=0)
            s[s < 1e-12 * (1 + np.abs(X).max(axis=0))] = 1.0
            self.scale_ = s
        else:
            self.scale_ = np.ones(X.shape[1])
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.mean_
