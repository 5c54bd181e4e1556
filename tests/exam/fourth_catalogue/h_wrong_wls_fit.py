import numpy as np


class WLS:
    """Weighted least squares, weights = 1 / variance of the observation."""

    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y, weights):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        weights = np.array(weights, dtype=float)
        if (weights < 0).any():
            raise ValueError("weights must be non-negative")
        weights = weights / weights.mean()
        if self.fit_intercept:
            X = np.hstack([np.ones((len(X), 1)), X])
        Xw = X * weights[:, np.newaxis]
        yw = y * weights
        beta = np.linalg.lstsq(Xw, yw, rcond=None)[0]
        if self.fit_intercept:
            self.intercept_, self.coef_ = beta[0], beta[1:]
        else:
            self.intercept_, self.coef_ = 0.0, beta
        return self

    def predict(self, X):
        return np.array(X, dtype=float) @ self.coef_ + self.intercept_


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.uniform(0, 10, (200, 1))
    sd = 0.2 + 0.3 * X[:, 0]
    y = 4 + 1.5 * X[:, 0] + sd * rng.normal(size=200)
    print(WLS().fit(X, y, 1 / sd**2).coef_)
