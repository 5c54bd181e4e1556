# ruff: noqa
import numpy as np


class IncrementalStandardScaler:
    """Zero mean / unit (population) variance, with ``partial_fit`` for data that come in chunks."""

    def __init__(self, with_mean=True, with_std=True):
        self.with_mean = with_mean
        self.with_std = with_std

    def get_params(self, deep=True):
        return {"with_mean": self.with_mean, "with_std": self.with_std}

    def _reset(self):
        for name in ("n_samples_seen_", "mean_", "var_", "scale_"):
            self.__dict__.pop(name, None)

    def fit(self, X, y=None):
        self._reset()
        return self.partial_fit(X)

    def partial_fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2:
            raise ValueError("expected a 2-d array")
        n_b, mean_b, var_b = X.shape[0], X.mean(axis=0), X.var(axis=0)
        if not hasattr(self, "n_samples_seen_"):
            self.n_samples_seen_, self.mean_, self.var_ = n_b, mean_b, var_b
        else:
            n_a = self.n_samples_seen_
            n = n_a + n_b
            self.var_ = (n_a * self.var_ + n_b * var_b) / n
            self.mean_ = (n_a * self.mean_ + n_b * mean_b) / n
            self.n_samples_seen_ = n
        self.scale_ = np.where(self.var_ > 0, np.sqrt(self.var_), 1.0)
        return self

    def transform(self, X):
        X = np.array(X, dtype=float)
        if self.with_mean:
            X -= self.mean_
        if self.with_std:
            X /= self.scale_
        return X

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, X):
        X = np.array(X, dtype=float)
        if self.with_std:
            X *= self.scale_
        if self.with_mean:
            X += self.mean_
        return X


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(5, 3, (100, 2))
    s = IncrementalStandardScaler()
    for c in np.array_split(X, 5):
        s.partial_fit(c)
    print(s.mean_, s.var_, X.mean(0), X.var(0))
