import numpy as np


class StandardScaler:
    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        self.scale_ = X.std(axis=0)
        self.scale_[self.scale_ == 0] = 1.0
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, X):
        return np.asarray(X) * self.scale_ + self.mean_


class MinMaxScaler:
    def __init__(self, feature_range=(0, 1)):
        self.feature_range = feature_range

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.min_ = X.min(axis=0)
        self.range_ = X.max(axis=0) - self.min_
        self.range_[self.range_ == 0] = 1.0
        return self

    def transform(self, X):
        low, high = self.feature_range
        scaled = (np.asarray(X, dtype=float) - self.min_) / self.range_
        return scaled * (high - low) + low

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, X):
        low, high = self.feature_range
        unit = (np.asarray(X, dtype=float) - low) / (high - low)
        return unit * self.range_ + self.min_
