import numpy as np


def soft(z, t):
    return np.sign(z) * max(abs(z) - t, 0.0)


class Lasso:
    """
    Lasso by cyclic coordinate descent.

    Objective: 1/(2 n) ||y - Xw - b||^2 + alpha ||w||_1
    """

    def __init__(self, alpha=0.1, max_iter=1000, tol=1e-8, fit_intercept=True):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        n, p = X.shape
        xm = X.mean(0) if self.fit_intercept else np.zeros(p)
        ym = y.mean() if self.fit_intercept else 0.0
        Xc = X - xm
        r = y - ym
        sq = (Xc**2).sum(0) / n
        w = np.zeros(p)
        for it in range(self.max_iter):
            biggest = 0.0
            for j in range(p):
                if sq[j] == 0:
                    continue
                old = w[j]
                rho = Xc[:, j] @ r / n + sq[j] * old
                w[j] = soft(rho, self.alpha) / sq[j]
                if w[j] != old:
                    r = r - Xc[:, j] * (w[j] - old)
                    biggest = max(biggest, abs(w[j] - old))
            if biggest < self.tol:
                break
        self.coef_ = w
        self.intercept_ = ym - xm @ w
        self.n_iter_ = it + 1
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_
