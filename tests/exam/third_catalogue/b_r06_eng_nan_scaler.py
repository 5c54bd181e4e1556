# ruff: noqa
import numpy as np


class NanScaler:
    """Standard scaler that ignores NaN in fit and passes it through in transform.

    Population variance; columns without spread (or never observed) get scale 1.
    ``partial_fit`` merges chunks by the pairwise (Chan) formula. ``counts_`` is per column.
    """

    def get_params(self, deep=True):
        return {}

    def set_params(self, **params):
        if params:
            raise ValueError(f"unknown parameters {sorted(params)}")
        return self

    def fit(self, X, y=None):
        self.counts_ = None
        return self.partial_fit(X)

    def partial_fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2:
            raise ValueError(f"2-d input expected, got {X.ndim}-d")
        if getattr(self, "counts_", None) is None:
            self.counts_ = np.zeros(X.shape[1])
            self.mean_ = np.zeros(X.shape[1])
            self._m2 = np.zeros(X.shape[1])
        seen = ~np.isnan(X)
        nb = seen.sum(axis=0)
        mb = np.where(seen, X, 0).sum(axis=0) / np.maximum(nb, 1)
        m2b = np.where(seen, X - mb, 0)
        m2b = (m2b**2).sum(axis=0)
        n = self.counts_ + nb
        delta = np.where(nb > 0, mb - self.mean_, 0.0)
        safe = np.maximum(n, 1)
        self._m2 = self._m2 + m2b + delta**2 * self.counts_ * nb / safe
        self.mean_ = self.mean_ + delta * nb / safe
        self.counts_ = n
        self.var_ = self._m2 / safe
        flat = self.var_ <= safe * np.finfo(float).eps * self.var_ + (safe * np.finfo(float).eps * self.mean_) ** 2
        self.scale_ = np.where(flat, 1.0, np.sqrt(self.var_))
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, Z):
        return np.asarray(Z, dtype=float) * self.scale_ + self.mean_


if __name__ == "__main__":
    X = np.array([[1, 5, np.nan], [2, 5, 4], [6, 5, 8.0]])
    print(NanScaler().fit_transform(X))
