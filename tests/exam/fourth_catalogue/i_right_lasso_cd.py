import numpy as np


def soft_threshold(rho, lam):
    return np.sign(rho) * max(abs(rho) - lam, 0.0)


class Lasso:
    """Lasso by cyclic coordinate descent.

    Objective: 1/(2n) * ||y - b - Xw||^2 + alpha * ||w||_1
    """

    def __init__(self, alpha=0.1, max_iter=2000, tol=1e-8):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        n, p = X.shape
        self._xm = X.mean(0)
        self._ym = y.mean()
        Xc = X - self._xm
        resid = y - self._ym
        w = np.zeros(p)
        norms = (Xc**2).sum(0) / n

        for self.n_iter_ in range(1, self.max_iter + 1):
            biggest = 0.0
            for j in range(p):
                if norms[j] == 0:
                    continue
                old = w[j]
                rho = Xc[:, j] @ resid / n + norms[j] * old
                w[j] = soft_threshold(rho, self.alpha) / norms[j]
                change = w[j] - old
                if change != 0:
                    resid = resid - change * Xc[:, j]
                biggest = max(biggest, abs(change) * np.sqrt(norms[j]))
            if biggest < self.tol:
                break

        self.coef_ = w
        self.intercept_ = self._ym - self._xm @ w
        return self

    def predict(self, X):
        return self.intercept_ + np.asarray(X, float) @ self.coef_
