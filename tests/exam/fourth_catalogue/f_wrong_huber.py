import numpy as np


class HuberRegressor:
    """Robust linear regression with the Huber loss.

    loss(r) = r**2 / 2                      if |r| <= delta
              delta * (|r| - delta / 2)     otherwise

    averaged over the samples, plus alpha/2 * ||w||^2.  Solved by iteratively
    reweighted least squares.

    Parameters
    ----------
    delta : float, default=1.0
    alpha : float, default=0.0
    """

    def __init__(self, delta=1.0, alpha=0.0, max_iter=500, tol=1e-10):
        self.delta = delta
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def _weights(self, r):
        a = np.abs(r)
        w = np.ones_like(a)
        far = a > self.delta
        w[far] = 1.0 / a[far]
        return w

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        n, d = X.shape
        A = np.hstack([np.ones((n, 1)), X])
        P = n * self.alpha * np.eye(d + 1)
        P[0, 0] = 0.0
        beta = np.linalg.lstsq(A, y, rcond=None)[0]
        for self.n_iter_ in range(1, self.max_iter + 1):
            w = self._weights(y - A @ beta)
            new = np.linalg.solve(A.T @ (A * w[:, None]) + P, A.T @ (w * y))
            shift = np.max(np.abs(new - beta))
            beta = new
            if shift < self.tol:
                break
        self.intercept_, self.coef_ = beta[0], beta[1:]
        self.outliers_ = np.abs(y - A @ beta) > self.delta
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_

    def loss(self, X, y):
        r = np.abs(y - self.predict(X))
        q = np.minimum(r, self.delta)
        return np.mean(q * r - 0.5 * q**2) + 0.5 * self.alpha * self.coef_ @ self.coef_
