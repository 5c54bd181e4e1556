import numpy as np


class QuantileRegressor:
    """Linear model of a conditional quantile, fitted by subgradient descent.

    Minimises the mean pinball loss  q * r  for r >= 0,  (q - 1) * r  for r < 0,
    where r = y - prediction.

    Parameters
    ----------
    quantile : float in (0, 1), default=0.5
    learning_rate : float, default=0.5
    n_iter : int, default=5000
    """

    def __init__(self, quantile=0.5, learning_rate=0.5, n_iter=5000):
        if not 0 < quantile < 1:
            raise ValueError("quantile must be in (0, 1)")
        self.quantile = quantile
        self.learning_rate = learning_rate
        self.n_iter = n_iter

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        n, d = X.shape
        mu, sd = X.mean(0), X.std(0)
        sd[sd == 0] = 1.0
        y_scale = y.std() or 1.0
        Z = np.c_[np.ones(n), (X - mu) / sd]
        t = y / y_scale
        theta = np.linalg.lstsq(Z, t, rcond=None)[0]
        average = np.zeros(d + 1)
        burn = self.n_iter // 2
        for i in range(self.n_iter):
            over = Z @ theta > t
            slope = np.where(over, self.quantile, self.quantile - 1.0)
            theta = theta - self.learning_rate / np.sqrt(i + 1.0) * (Z.T @ slope) / n
            if i >= burn:
                average += theta / (self.n_iter - burn)
        self.coef_ = average[1:] * y_scale / sd
        self.intercept_ = average[0] * y_scale - self.coef_ @ mu
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_

    def pinball(self, X, y):
        r = np.asarray(y, float) - self.predict(X)
        return np.mean(np.maximum(self.quantile * r, (self.quantile - 1) * r))


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    X = rng.rand(500, 1)
    y = 2 * X[:, 0] + 1 + rng.exponential(size=500)
    m = QuantileRegressor().fit(X, y)
    print("below the median line:", np.mean(y < m.predict(X)))
