import numpy as np


class PoissonRateModel:
    """
    Claim frequency model: N_i ~ Poisson(exposure_i * exp(a + x_i'b)), maximum likelihood (IRLS).

    predict(X) is the expected rate per unit of exposure.
    """

    def __init__(self, max_iter=100, tol=1e-10):
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y, exposure=None):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n = X.shape[0]
        offset = np.zeros(n) if exposure is None else np.log(np.asarray(exposure, dtype=float))
        D = np.column_stack([np.ones(n), X])
        beta = np.zeros(D.shape[1])
        beta[0] = np.log(y.sum() / np.exp(offset).sum())
        for it in range(self.max_iter):
            eta = D @ beta + offset
            mu = np.exp(eta)
            z = eta - offset + (y - mu) / mu
            weight = mu / np.exp(offset)
            new = np.linalg.solve((D.T * weight) @ D, (D.T * weight) @ z)
            done = np.max(np.abs(new - beta)) < self.tol
            beta = new
            if done:
                break
        self.intercept_, self.coef_ = beta[0], beta[1:]
        return self

    def predict(self, X):
        return np.exp(self.intercept_ + np.asarray(X, dtype=float) @ self.coef_)
