import numpy as np


class PoissonRegression:
    """Poisson GLM with log link, fitted by Newton's method (IRLS).

    y ~ Poisson(exp(intercept_ + X @ coef_)); maximum likelihood, no penalty.
    """

    def __init__(self, max_iter=50, tol=1e-8):
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        if np.any(y < 0):
            raise ValueError("counts must be non-negative")
        A = np.column_stack([np.ones(len(X)), X])
        beta = np.zeros(A.shape[1])
        beta[0] = np.log(y.mean() + 1e-12)
        ll = self._log_likelihood(A, y, beta)
        for self.n_iter_ in range(1, self.max_iter + 1):
            mu = np.exp(A @ beta)
            step = np.linalg.solve((A * mu[:, None]).T @ A, A.T @ (y - mu))
            scale = 1.0
            while True:
                new = beta + scale * step
                new_ll = self._log_likelihood(A, y, new)
                if new_ll >= ll - 1e-12 or scale < 1e-6:
                    break
                scale /= 2
            beta, ll = new, new_ll
            if np.max(np.abs(scale * step)) < self.tol:
                break
        self.intercept_, self.coef_ = beta[0], beta[1:]
        return self

    @staticmethod
    def _log_likelihood(A, y, beta):
        eta = A @ beta
        with np.errstate(over="ignore"):
            value = np.sum(y * eta - np.exp(eta))
        return value if np.isfinite(value) else -np.inf

    def predict(self, X):
        return np.exp(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)
