import numpy as np


class MinMaxScaler:
    """Rescale every column to feature_range."""

    def __init__(self, feature_range=(0, 1)):
        self.feature_range = feature_range

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.data_min_ = X.min(axis=0)
        self.data_max_ = X.max(axis=0)
        return self

    def _span(self):
        span = self.data_max_ - self.data_min_
        return np.where(span == 0, 1.0, span)

    def transform(self, X):
        lo, hi = self.feature_range
        unit = (np.asarray(X, dtype=float) - self.data_min_) / self._span()
        return unit * (hi - lo) + lo

    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def inverse_transform(self, Xt):
        lo, hi = self.feature_range
        unit = (np.asarray(Xt, dtype=float) - lo) / hi
        return unit * self._span() + self.data_min_
