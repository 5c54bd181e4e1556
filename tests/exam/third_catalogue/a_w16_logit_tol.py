# ruff: noqa
"""Logistic regression with a stopping rule.

fit() runs gradient descent until the largest entry of the gradient is below
`tol`, or `max_iter` steps were made.
"""

import numpy as np


class LogReg:
    def __init__(self, eta=0.5, max_iter=10000, tol=1e-5):
        self.eta = eta
        self.max_iter = max_iter
        self.tol = tol

    @staticmethod
    def _p(X, w, b):
        s = X.dot(w) + b
        e = np.exp(-np.abs(s))
        return np.where(s >= 0, 1 / (1 + e), e / (1 + e))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        labels = np.unique(y)
        if labels.size != 2:
            raise ValueError("expected 2 labels, found %s" % labels)
        self.classes_ = labels
        target = (y == labels[1]) * 1.0
        m = float(len(target))

        w = np.zeros(X.shape[1])
        b = 0.0
        self.n_iter_ = 0
        while self.n_iter_ < self.max_iter:
            diff = self._p(X, w, b) - target
            gw = X.T.dot(diff) / m
            gb = diff.sum() / m
            if np.max(np.abs(gw)) < self.tol:
                break
            w = w - self.eta * gw
            b = b - self.eta * gb
            self.n_iter_ += 1

        self.coef_, self.intercept_ = w, b
        return self

    def predict_proba(self, X):
        p = self._p(np.asarray(X, dtype=float), self.coef_, self.intercept_)
        return np.c_[1 - p, p]

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]

    def log_loss(self, X, y):
        P = self.predict_proba(X)
        j = np.searchsorted(self.classes_, y)
        return -np.log(np.maximum(P[np.arange(len(j)), j], 1e-300)).mean()
