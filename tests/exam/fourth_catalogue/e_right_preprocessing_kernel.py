import numpy as np


class Standardizer:
    """z = (x - mean) / std, per column, sample statistics (ddof=0). NaNs are ignored when fitting and kept when transforming."""

    def __init__(self, with_mean=True, with_std=True):
        self.with_mean = with_mean
        self.with_std = with_std

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = np.nanmean(X, axis=0)
        self.std_ = np.nanstd(X, axis=0)
        tiny = self.std_ <= 10 * np.finfo(float).eps * np.abs(self.mean_)
        self.scale_ = np.where(tiny, 1.0, self.std_)
        return self

    def transform(self, X):
        Z = np.array(X, dtype=float)
        if self.with_mean:
            Z -= self.mean_
        if self.with_std:
            Z /= self.scale_
        return Z

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, Z):
        X = np.array(Z, dtype=float)
        if self.with_std:
            X *= self.scale_
        if self.with_mean:
            X += self.mean_
        return X
