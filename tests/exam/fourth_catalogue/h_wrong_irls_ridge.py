import numpy as np


class RidgeLogit:
    """Logistic regression with an L2 penalty (lam/2 ||beta||^2 on the slopes), IRLS."""

    def __init__(self, lam=5.0, n_iter=100, tol=1e-8):
        self.lam = lam
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X, y):
        n, p = X.shape
        D = np.c_[np.ones(n), X]
        K = np.diag(np.r_[0.0, np.full(p, self.lam)])
        beta = np.zeros(p + 1)
        for i in range(self.n_iter):
            eta = D @ beta
            mu = 1 / (1 + np.exp(-eta))
            w = np.maximum(mu * (1 - mu), 1e-10)
            delta = np.linalg.solve(D.T @ (w[:, None] * D) + K, D.T @ (y - mu))
            beta = beta + delta
            if np.abs(delta).max() < self.tol:
                break
        self.n_iter_ = i + 1
        self.beta_ = beta
        return self

    @property
    def coef_(self):
        return self.beta_[1:]

    @property
    def intercept_(self):
        return self.beta_[0]

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(self.intercept_ + X @ self.coef_)))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
