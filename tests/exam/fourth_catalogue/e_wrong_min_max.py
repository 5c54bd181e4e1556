import numpy as np


class MinMax:
    """Rescale every column to feature_range (learned on the data given to fit)."""

    def __init__(self, feature_range=(0, 1)):
        self.feature_range = feature_range

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.lo = X.min(axis=0)
        self.hi = X.max(axis=0)
        span = self.hi - self.lo
        self.span = np.where(span == 0, 1.0, span)
        return self

    def transform(self, X):
        a, b = self.feature_range
        unit = (np.asarray(X, dtype=float) - self.lo) / self.span
        return unit * b + a

    def fit_transform(self, X):
        return self.fit(X).transform(X)


if __name__ == "__main__":
    data = np.array([[-1, 2], [-0.5, 6], [0, 10], [1, 18]])
    scaler = MinMax()
    print(scaler.fit_transform(data))
    print(scaler.transform([[2, 2]]))
