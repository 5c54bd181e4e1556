# ruff: noqa
import numpy as np


class LinReg:
    """y = X w + b by least squares on centred data."""

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        self.mu, self.y0 = X.mean(0), y.mean()
        self.w = np.linalg.lstsq(X - self.mu, y - self.y0, rcond=None)[0]
        return self

    def predict(self, X):
        X = np.asarray(X, float)
        return (X - X.mean(0)) @ self.w + self.y0

    def chi2(self, X, y):
        return np.sum((np.asarray(y) - self.predict(X)) ** 2)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(3, 2, (200, 3))
    y = X @ [1.0, -2, 0.5] + 4 + 0.1 * r.normal(size=200)
    m = LinReg().fit(X, y)
    print(m.w, m.chi2(X, y) / 200)
