import numpy as np


class StandardScaler:
    """Standardise features; can be fitted in chunks with partial_fit.

    After any sequence of partial_fit calls, mean_ and var_ are those of all
    the rows seen so far (population variance).
    """

    def __init__(self, with_mean=True, with_std=True):
        self.with_mean = with_mean
        self.with_std = with_std

    def _reset(self):
        for name in ("mean_", "var_", "n_samples_seen_", "scale_"):
            if hasattr(self, name):
                delattr(self, name)

    def fit(self, X, y=None):
        self._reset()
        return self.partial_fit(X)

    def partial_fit(self, X, y=None):
        X = np.asarray(X, dtype=np.float64)
        n_new = X.shape[0]
        mean_new, var_new = X.mean(axis=0), X.var(axis=0)
        if not hasattr(self, "n_samples_seen_"):
            self.n_samples_seen_ = n_new
            self.mean_ = mean_new
            self.var_ = var_new
        else:
            n_old = self.n_samples_seen_
            total = n_old + n_new
            self.mean_ = (n_old * self.mean_ + n_new * mean_new) / total
            self.var_ = (n_old * self.var_ + n_new * var_new) / total
            self.n_samples_seen_ = total
        self.scale_ = np.sqrt(self.var_)
        self.scale_[self.scale_ == 0] = 1.0
        return self

    def transform(self, X):
        X = np.array(X, dtype=np.float64)
        if self.with_mean:
            X -= self.mean_
        if self.with_std:
            X /= self.scale_
        return X

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def inverse_transform(self, X):
        X = np.array(X, dtype=np.float64)
        if self.with_std:
            X *= self.scale_
        if self.with_mean:
            X += self.mean_
        return X
