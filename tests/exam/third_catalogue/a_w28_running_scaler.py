# ruff: noqa
"""Pre-processing: a scaler which can be fed in pieces, and a min-max scaler."""

import numpy as np


class StandardScaler:
    """(x - mean) / std with the population std (ddof = 0).

    fit(X) forgets what was seen; partial_fit(X) adds rows. After any series
    of partial_fit calls the result equals fit on all the rows together.
    """

    def __init__(self):
        self._reset()

    def _reset(self):
        self.n_seen_ = 0
        self.mean_ = None
        self.var_ = None

    def fit(self, X):
        self._reset()
        return self.partial_fit(X)

    def partial_fit(self, X):
        X = np.asarray(X, dtype=float)
        mean, var = X.mean(axis=0), X.var(axis=0)
        k = 1
        if self.n_seen_ == 0:
            self.mean_, self.var_ = mean, var
        else:
            # merge two groups (Chan et al.)
            total = self.n_seen_ + k
            gap = mean - self.mean_
            self.var_ = (self.n_seen_ * self.var_ + k * var) / total + gap**2 * self.n_seen_ * k / total**2
            self.mean_ = self.mean_ + gap * k / total
        self.n_seen_ += k
        return self

    @property
    def scale_(self):
        s = np.sqrt(self.var_)
        tiny = 10 * np.finfo(float).eps * np.abs(self.mean_)
        return np.where(s <= tiny, 1.0, s)

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.mean_

    def fit_transform(self, X):
        return self.fit(X).transform(X)


class MinMaxScaler:
    def __init__(self, feature_range=(0.0, 1.0)):
        self.feature_range = feature_range

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.min_ = X.min(axis=0)
        span = X.max(axis=0) - self.min_
        self.span_ = np.where(span == 0, 1.0, span)
        return self

    def transform(self, X):
        lo, hi = self.feature_range
        return lo + (np.asarray(X, dtype=float) - self.min_) / self.span_ * (hi - lo)

    def inverse_transform(self, Z):
        lo, hi = self.feature_range
        return (np.asarray(Z, dtype=float) - lo) / (hi - lo) * self.span_ + self.min_

    def fit_transform(self, X):
        return self.fit(X).transform(X)
