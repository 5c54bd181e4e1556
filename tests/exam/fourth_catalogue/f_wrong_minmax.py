import numpy as np


class MinMaxScaler:
    """Scale each feature to feature_range (default (0, 1))."""

    def __init__(self, feature_range=(0, 1), clip=False):
        self.feature_range = feature_range
        self.clip = clip

    def fit(self, X, y=None):
        lo, hi = self.feature_range
        if lo >= hi:
            raise ValueError("bad feature_range")
        X = np.asarray(X, float)
        self.data_min_ = np.nanmin(X, axis=0)
        self.data_max_ = np.nanmax(X, axis=0)
        span = self.data_max_ - self.data_min_
        self.data_range_ = np.where(span == 0, 1.0, span)
        return self

    def transform(self, X):
        lo, hi = self.feature_range
        unit = (np.asarray(X, float) - self.data_min_) / self.data_range_
        out = unit * (hi - lo) + lo
        return np.clip(out, lo, hi) if self.clip else out

    def inverse_transform(self, X):
        lo, hi = self.feature_range
        return np.asarray(X, float) / (hi - lo) * self.data_range_ + self.data_min_

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)
