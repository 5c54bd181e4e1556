# ruff: noqa
"""OLS with an R-like summary: estimates, standard errors, t values, R^2, adj. R^2."""

import numpy as np


class LinearModel:
    def fit(self, X, y, names=None):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X.reshape(-1, 1)
        y = np.asarray(y, dtype=float).ravel()
        n, p = X.shape
        D = np.column_stack([np.ones(n), X])

        XtX_inv = np.linalg.pinv(D.T @ D)
        self.params = XtX_inv @ D.T @ y
        fitted = D @ self.params
        self.resid = y - fitted

        rss = float(self.resid @ self.resid)
        tss = float(((y - y.mean()) ** 2).sum())

        # unbiased estimate of the noise variance
        self.df_resid = n - p
        self.sigma2 = rss / self.df_resid
        self.bse = np.sqrt(self.sigma2 * np.diag(XtX_inv))
        self.tvalues = self.params / self.bse

        self.rsquared = 1 - rss / tss
        self.rsquared_adj = 1 - (1 - self.rsquared) * (n - 1) / (n - p - 1)
        self.names = ["(Intercept)"] + list(names or ["x%d" % (i + 1) for i in range(p)])
        self.nobs = n
        return self

    @property
    def intercept_(self):
        return self.params[0]

    @property
    def coef_(self):
        return self.params[1:]

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X.reshape(-1, 1)
        return self.params[0] + X @ self.params[1:]

    def confidence_interval(self, z=1.96):
        """Approximate (normal) interval for every parameter, shape (p + 1, 2)."""
        half = z * self.bse
        return np.column_stack([self.params - half, self.params + half])

    def summary(self):
        rows = ["%-12s %10s %10s %8s" % ("", "Estimate", "Std.Err", "t")]
        for nm, c, s, t in zip(self.names, self.params, self.bse, self.tvalues):
            rows.append("%-12s %10.4f %10.4f %8.2f" % (nm, c, s, t))
        rows.append("R2 = %.4f   adj. R2 = %.4f   n = %d" % (self.rsquared, self.rsquared_adj, self.nobs))
        return "\n".join(rows)
