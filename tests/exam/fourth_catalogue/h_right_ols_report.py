"""Ordinary least squares with classical and White standard errors."""

import numpy as np


class OLSResults:
    def __init__(self, params, cov, resid, fitted, rsq, rsq_adj, dof):
        self.params = params
        self.cov_params = cov
        self.bse = np.sqrt(np.diag(cov))
        self.tvalues = params / self.bse
        self.resid = resid
        self.fittedvalues = fitted
        self.rsquared = rsq
        self.rsquared_adj = rsq_adj
        self.df_resid = dof


class OLS:
    """
    y = b0 + X b + e

    cov_type: 'nonrobust', 'HC0' or 'HC1'
    """

    def __init__(self, cov_type="nonrobust"):
        if cov_type not in ("nonrobust", "HC0", "HC1"):
            raise ValueError("unknown cov_type %r" % cov_type)
        self.cov_type = cov_type

    def _design(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X[:, None]
        return np.column_stack([np.ones(len(X)), X])

    def fit(self, X, y):
        Z = self._design(X)
        y = np.asarray(y, dtype=float).ravel()
        n, k = Z.shape
        Q, R = np.linalg.qr(Z)
        beta = np.linalg.solve(R, Q.T @ y)
        Rinv = np.linalg.inv(R)
        bread = Rinv @ Rinv.T
        fitted = Z @ beta
        u = y - fitted
        ssr = u @ u
        sst = ((y - y.mean()) ** 2).sum()
        if self.cov_type == "nonrobust":
            cov = ssr / (n - k) * bread
        else:
            meat = (Z * (u**2)[:, None]).T @ Z
            cov = bread @ meat @ bread
            if self.cov_type == "HC1":
                cov = cov * n / (n - k)
        r2 = 1 - ssr / sst
        r2a = 1 - (1 - r2) * (n - 1) / (n - k)
        self.results_ = OLSResults(beta, cov, u, fitted, r2, r2a, n - k)
        self.intercept_ = beta[0]
        self.coef_ = beta[1:]
        return self

    def predict(self, X):
        return self._design(X) @ self.results_.params

    def summary(self):
        r = self.results_
        lines = ["%-8s %12s %12s %8s" % ("", "coef", "std err", "t")]
        for i in range(len(r.params)):
            name = "const" if i == 0 else "x%d" % i
            lines.append("%-8s %12.5f %12.5f %8.2f" % (name, r.params[i], r.bse[i], r.tvalues[i]))
        lines.append("R2 = %.4f   adj. R2 = %.4f   df = %d" % (r.rsquared, r.rsquared_adj, r.df_resid))
        return "\n".join(lines)
