# ruff: noqa
# Weighted least squares:   min_b  sum_i  w_i * (y_i - x_i . b)^2
import numpy as np


def add_bias(X):
    return np.c_[np.ones(len(X)), X]


class WeightedLinearRegression:
    """Closed form linear regression with optional `sample_weight`.

    A weight of 2 is the same as having the row twice in the data.
    """

    def fit(self, X, y, sample_weight=None):
        X = np.atleast_2d(np.asarray(X, float))
        y = np.asarray(y, float)
        A = add_bias(X)
        if sample_weight is None:
            sw = np.ones(len(y))
        else:
            sw = np.asarray(sample_weight, float)
            if sw.shape != (len(y),):
                raise ValueError("sample_weight must have one entry per row")
            if (sw < 0).any():
                raise ValueError("negative weights")
        # scale rows, then it is an ordinary problem
        root = sw[:, None]
        Aw = A * root
        yw = y * root[:, 0]
        Q, R = np.linalg.qr(Aw)
        self.beta_ = np.linalg.solve(R, Q.T @ yw)
        self.sample_weight_ = sw
        return self

    @property
    def intercept_(self):
        return self.beta_[0]

    @property
    def coef_(self):
        return self.beta_[1:]

    def predict(self, X):
        return add_bias(np.atleast_2d(np.asarray(X, float))) @ self.beta_

    def weighted_mse(self, X, y, sample_weight=None):
        e = (np.asarray(y, float) - self.predict(X)) ** 2
        return np.average(e, weights=sample_weight)

    def score(self, X, y, sample_weight=None):
        y = np.asarray(y, float)
        mean = np.average(y, weights=sample_weight)
        return 1 - self.weighted_mse(X, y, sample_weight) / np.average((y - mean) ** 2, weights=sample_weight)
