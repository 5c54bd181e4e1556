import numpy as np


class PoissonRegression:
    """Poisson GLM with log link, fitted with iteratively reweighted least squares.

    E[y | x] = exp(intercept + x . coef), unpenalised maximum likelihood.
    """

    def __init__(self, max_iter=100, tol=1e-9):
        self.max_iter = max_iter
        self.tol = tol

    @staticmethod
    def _deviance(y, mu):
        with np.errstate(divide="ignore", invalid="ignore"):
            term = np.where(y > 0, y * np.log(y / mu), 0.0)
        return 2.0 * np.sum(term - (y - mu))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        if np.any(y < 0):
            raise ValueError("counts must not be negative")
        A = np.c_[np.ones(len(X)), X]
        mu = (y + y.mean()) / 2
        eta = np.log(mu)
        dev = np.inf
        for it in range(self.max_iter):
            z = eta + (y - mu) / mu
            s = np.sqrt(mu)
            beta, *_ = np.linalg.lstsq(A * s[:, None], z * s, rcond=None)
            eta = A @ beta
            mu = np.exp(eta)
            old, dev = dev, self._deviance(y, mu)
            if abs(old - dev) < self.tol * (abs(dev) + 0.1):
                break
        self.n_iter_ = it + 1
        self.deviance_ = dev
        self.intercept_, self.coef_ = beta[0], beta[1:]
        cov = np.linalg.inv((A * mu[:, None]).T @ A)
        self.stderr_ = np.sqrt(np.diag(cov))
        return self

    def predict(self, X):
        return np.exp(self.intercept_ + np.asarray(X, dtype=float) @ self.coef_)


if __name__ == "__main__":
    rng = np.random.default_rng(3)
    X = rng.normal(size=(500, 2))
    y = rng.poisson(np.exp(0.4 + X @ [0.5, -0.3]))
    m = PoissonRegression().fit(X, y)
    print(m.intercept_, m.coef_, m.stderr_)
