import numpy as np


class MinMaxScaler:
    """Scale every feature to feature_range."""

    def __init__(self, feature_range=(-1, 1)):
        self.feature_range = feature_range

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.data_min_ = X.min(axis=0)
        self.data_max_ = X.max(axis=0)
        self.data_range_ = self.data_max_ - self.data_min_
        self.data_range_[self.data_range_ == 0] = 1.0
        return self

    def transform(self, X):
        lo, hi = self.feature_range
        X01 = (np.asarray(X, dtype=float) - self.data_min_) / self.data_range_
        return X01 * (hi - lo) + lo

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, X):
        lo, hi = self.feature_range
        return np.asarray(X, dtype=float) / (hi - lo) * self.data_range_ + self.data_min_
