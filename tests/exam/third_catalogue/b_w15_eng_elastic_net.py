# ruff: noqa
import numpy as np


class ElasticNetCD:
    """Elastic net by cyclic coordinate descent.

    Minimises 1/(2n)||y - Xw - b||^2 + alpha*l1_ratio*||w||_1
              + 0.5*alpha*(1 - l1_ratio)*||w||^2
    """

    def __init__(self, alpha=1.0, l1_ratio=0.5, max_iter=1000, tol=1e-8, fit_intercept=True, verbose=0):
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.max_iter = max_iter
        self.tol = tol
        self.fit_intercept = fit_intercept
        self.verbose = verbose

    def get_params(self, deep=True):
        names = ("alpha", "l1_ratio", "max_iter", "tol", "fit_intercept", "verbose")
        return {k: getattr(self, k) for k in names}

    @staticmethod
    def _soft_threshold(rho, t):
        return np.sign(rho) * max(abs(rho) - t, 0.0)

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n, d = X.shape
        x_off = X.mean(axis=0) if self.fit_intercept else np.zeros(d)
        y_off = y.mean() if self.fit_intercept else 0.0
        X -= x_off
        resid = y - y_off
        w = np.zeros(d)
        sq = (X**2).sum(axis=0)
        l1 = n * self.alpha * self.l1_ratio
        l2 = self.alpha * (1 - self.l1_ratio)
        self.n_iter_ = 0
        for it in range(self.max_iter):
            biggest = 0.0
            for j in range(d):
                if sq[j] == 0.0:
                    continue
                old = w[j]
                rho = X[:, j] @ resid + sq[j] * old
                w[j] = self._soft_threshold(rho, l1) / (sq[j] + l2)
                if w[j] != old:
                    resid -= X[:, j] * (w[j] - old)
                    biggest = max(biggest, abs(w[j] - old))
            self.n_iter_ = it + 1
            if self.verbose:
                print(it, biggest)
            if biggest < self.tol:
                break
        self.coef_ = w
        self.intercept_ = y_off - x_off @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(100, 6))
    y = X[:, 0] * 3 - 2 * X[:, 1] + 5 + 0.1 * r.normal(size=100)
    for ratio in (1.0, 0.5):
        m = ElasticNetCD(alpha=0.1, l1_ratio=ratio).fit(X, y)
        print(ratio, m.coef_.round(3), m.intercept_)
