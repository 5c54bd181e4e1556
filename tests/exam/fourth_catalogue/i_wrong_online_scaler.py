import numpy as np


class OnlineStandardScaler:
    """Standardises columns; statistics can be accumulated over chunks.

    >>> sc = OnlineStandardScaler()
    >>> for chunk in chunks:
    ...     sc.partial_fit(chunk)
    >>> Z = sc.transform(X)
    """

    def __init__(self):
        self.reset()

    def reset(self):
        self.n_seen = 0
        self.mean_ = None
        self.m2_ = None

    def fit(self, X):
        self.reset()
        return self.partial_fit(X)

    def partial_fit(self, X):
        X = np.asarray(X, dtype=float)
        k = X.shape[0]
        chunk_mean = X.mean(axis=0)
        chunk_m2 = ((X - chunk_mean) ** 2).sum(axis=0)
        if self.n_seen == 0:
            self.n_seen, self.mean_, self.m2_ = k, chunk_mean, chunk_m2
            return self
        total = self.n_seen + k
        delta = chunk_mean - self.mean_
        self.mean_ = self.mean_ + delta * k / total
        self.m2_ = self.m2_ + chunk_m2
        self.n_seen = total
        return self

    @property
    def scale_(self):
        s = np.sqrt(self.m2_ / self.n_seen)
        return np.where(s > 0, s, 1.0)

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.mean_
