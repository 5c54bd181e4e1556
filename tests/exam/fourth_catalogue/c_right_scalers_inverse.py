import numpy as np


class _Base:
    def fit_transform(self, X):
        return self.fit(X).transform(X)

    def transform(self, X):
        return (np.asarray(X, float) - self._shift) / self._scale * self._width + self._low

    def inverse_transform(self, Z):
        return (np.asarray(Z, float) - self._low) / self._width * self._scale + self._shift

    _width, _low = 1.0, 0.0


class MinMaxScaler(_Base):
    def __init__(self, feature_range=(0, 1)):
        self.feature_range = feature_range

    def fit(self, X):
        X = np.asarray(X, float)
        self._low = self.feature_range[0]
        self._width = self.feature_range[1] - self.feature_range[0]
        self._shift = X.min(axis=0)
        spread = X.max(axis=0) - self._shift
        self._scale = np.where(spread == 0, 1.0, spread)
        return self


class RobustScaler(_Base):
    """(x - median) / interquartile range"""

    def fit(self, X):
        X = np.asarray(X, float)
        q1, self._shift, q3 = np.percentile(X, [25, 50, 75], axis=0)
        self._scale = np.where(q3 == q1, 1.0, q3 - q1)
        return self
