# ruff: noqa
import numpy as np


class OLS(object):
    """
    Ordinary least squares.

    Parameters
    ----------
    fit_intercept : bool, default True
        Whether to estimate an intercept.  If False the fitted plane goes
        through the origin (the data is used as it is).

    Attributes
    ----------
    coef_ : (n_features,)
    intercept_ : float
    """

    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    @staticmethod
    def _check(X):
        X = np.array(X, dtype=np.float64)
        if X.ndim == 1:
            X = X.reshape(-1, 1)
        if X.ndim != 2:
            raise ValueError("expected a 2d array")
        if not np.isfinite(X).all():
            raise ValueError("X contains NaN or infinity")
        return X

    def fit(self, X, y):
        X = self._check(X)
        y = np.array(y, dtype=np.float64).reshape(-1)
        if len(X) != len(y):
            raise ValueError("inconsistent numbers of samples: %d, %d" % (len(X), len(y)))

        self._x_offset = X.mean(axis=0)
        self._y_offset = y.mean()
        Xc = X - self._x_offset
        yc = y - self._y_offset

        self.coef_, self._residues, self.rank_, self.singular_ = np.linalg.lstsq(Xc, yc, rcond=None)

        if self.fit_intercept:
            self.intercept_ = self._y_offset - np.dot(self._x_offset, self.coef_)
        else:
            self.intercept_ = 0.0
        return self

    def predict(self, X):
        X = self._check(X)
        return np.dot(X, self.coef_) + self.intercept_

    def residuals(self, X, y):
        return np.asarray(y, dtype=float).reshape(-1) - self.predict(X)

    def score(self, X, y):
        r = self.residuals(X, y)
        y = np.asarray(y, dtype=float).reshape(-1)
        return 1 - (r @ r) / ((y - y.mean()) @ (y - y.mean()))
