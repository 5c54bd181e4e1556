import numpy as np


class LassoRegression:
    """
    Lasso with cyclic coordinate descent, objective
        1 / (2 n) * sum (y - Xw - b)^2 + lam * sum |w|
    """

    def __init__(self, lam=0.1, n_sweeps=500):
        self.lam = lam
        self.n_sweeps = n_sweeps

    @staticmethod
    def _soft_threshold(x, t):
        return np.sign(x) * max(abs(x) - t, 0.0)

    def fit(self, X, y):
        n_samples, n_features = X.shape
        self.w = np.zeros(n_features)
        self.b = y.mean()
        norm = (X**2).sum(axis=0)

        for _ in range(self.n_sweeps):
            for j in range(n_features):
                y_pred = X @ self.w + self.b
                rho = X[:, j] @ (y - y_pred)
                self.w[j] = self._soft_threshold(rho, n_samples * self.lam) / norm[j]
            self.b = np.mean(y - X @ self.w)
        return self

    def predict(self, X):
        return X @ self.w + self.b
