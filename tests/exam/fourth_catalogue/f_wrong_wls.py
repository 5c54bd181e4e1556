"""Ordinary and weighted least squares."""

import numpy as np


class LinearRegression(object):
    def __init__(self, fit_intercept=True, positive=False):
        if positive:
            raise NotImplementedError("positive=True")
        self.fit_intercept = fit_intercept

    def _preprocess(self, X, y, sample_weight):
        if self.fit_intercept:
            X_offset = np.average(X, axis=0)
            y_offset = np.average(y, axis=0)
        else:
            X_offset = np.zeros(X.shape[1])
            y_offset = np.zeros(y.shape[1])
        X = X - X_offset
        y = y - y_offset
        if sample_weight is not None:
            s = np.sqrt(sample_weight)[:, None]
            X = X * s
            y = y * s
        return X, y, X_offset, y_offset

    def fit(self, X, y, sample_weight=None):
        """Fit the model.

        sample_weight : array (n_samples,), optional.  An integer weight k is
        the same as repeating the row k times.
        """
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y, dtype=np.float64)
        squeeze = y.ndim == 1
        Y = y.reshape(-1, 1) if squeeze else y
        if sample_weight is not None:
            sample_weight = np.asarray(sample_weight, dtype=np.float64)
            if (sample_weight < 0).any():
                raise ValueError("negative weights")
        A, B, X_offset, y_offset = self._preprocess(X, Y, sample_weight)
        coef, _, self.rank_, self.singular_ = np.linalg.lstsq(A, B, rcond=None)
        intercept = y_offset - X_offset @ coef
        self.coef_ = coef[:, 0] if squeeze else coef.T
        self.intercept_ = float(intercept[0]) if squeeze else intercept
        return self

    def predict(self, X):
        return np.asarray(X) @ self.coef_.T + self.intercept_

    def score(self, X, y, sample_weight=None):
        y = np.asarray(y, dtype=float)
        w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight)
        num = np.average((y - self.predict(X)) ** 2, weights=w, axis=0)
        den = np.average((y - np.average(y, weights=w, axis=0)) ** 2, weights=w, axis=0)
        return np.mean(1 - num / den)
