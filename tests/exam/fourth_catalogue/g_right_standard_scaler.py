import numpy as np


class StandardScaler:
    """Zero mean, unit (population) variance per column; constant columns are only centred."""

    def __init__(self):
        self.mean_ = None
        self.scale_ = None

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        std = np.sqrt(((X - self.mean_) ** 2).mean(axis=0))
        self.scale_ = np.where(std > 1e-12 * np.maximum(np.abs(self.mean_), 1e-300), std, 1.0)
        return self

    def transform(self, X):
        if self.mean_ is None:
            raise RuntimeError("call fit first")
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.mean_
