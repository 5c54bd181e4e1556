import numpy as np


class StreamingScaler:
    """Standardise columns; statistics can also be gathered in chunks with partial_fit.

    fit(X) learns from X; partial_fit(X) adds X to what has been seen so far.
    Population variance (ddof=0). Constant columns are only centred.
    """

    def __init__(self):
        self.n_ = 0
        self.mean_ = None
        self.m2_ = None

    def partial_fit(self, X):
        X = np.asarray(X, dtype=float)
        n_b = X.shape[0]
        mean_b = X.mean(axis=0)
        m2_b = ((X - mean_b) ** 2).sum(axis=0)
        if self.n_ == 0:
            self.n_, self.mean_, self.m2_ = n_b, mean_b, m2_b
            return self
        delta = mean_b - self.mean_
        n = self.n_ + n_b
        self.mean_ = self.mean_ + delta * n_b / n
        self.m2_ = self.m2_ + m2_b + delta**2 * self.n_ * n_b / n
        self.n_ = n
        return self

    def fit(self, X, y=None):
        return self.partial_fit(X)

    @property
    def scale_(self):
        s = np.sqrt(self.m2_ / self.n_)
        return np.where(s > 10 * np.finfo(float).eps * np.abs(self.mean_), s, 1.0)

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)
