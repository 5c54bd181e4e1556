# ruff: noqa
"""Lasso via cyclic coordinate descent. Columns need not be standardised."""

import numpy as np


class LassoCD:
    """
    (1 / (2 * n)) * ||y - X w - b||^2 + lam * ||w||_1

    lam       : penalty strength
    n_sweeps  : maximum passes over all coordinates
    tol       : stop when no coordinate moves by more than this
    """

    def __init__(self, lam=0.1, n_sweeps=1000, tol=1e-8):
        self.lam, self.n_sweeps, self.tol = lam, n_sweeps, tol

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n_rows, n_cols = X.shape

        x_bar = X.mean(axis=0)
        y_bar = y.mean()
        X -= x_bar
        y -= y_bar

        w = np.zeros(n_cols)
        resid = y.copy()  # y - X w
        col_sq = (X**2).sum(axis=0)

        for sweep in range(self.n_sweeps):
            biggest = 0.0
            for j in range(n_cols):
                if col_sq[j] == 0:
                    continue
                old = w[j]
                rho = X[:, j] @ resid + n_rows * old
                shrunk = np.sign(rho) * max(abs(rho) - self.lam * n_rows, 0.0)
                w[j] = shrunk / n_rows
                if w[j] != old:
                    resid -= X[:, j] * (w[j] - old)
                    biggest = max(biggest, abs(w[j] - old))
            if biggest < self.tol:
                break

        self.n_sweeps_run_ = sweep + 1
        self.coef_ = w
        self.intercept_ = y_bar - x_bar @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def r2(self, X, y):
        y = np.asarray(y, dtype=float)
        return 1 - ((y - self.predict(X)) ** 2).sum() / ((y - y.mean()) ** 2).sum()
