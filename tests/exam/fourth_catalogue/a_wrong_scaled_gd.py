import numpy as np


class ScaledGDRegressor:
    """Standardises features for training, then expresses the model in original units."""

    def __init__(self, learning_rate=0.1, n_iter=1000):
        self.learning_rate = learning_rate
        self.n_iter = n_iter

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float).ravel()
        x_mean = X.mean(axis=0)
        x_std = X.std(axis=0)
        x_std[x_std == 0] = 1.0
        y_mean = y.mean()
        Z = (X - x_mean) / x_std
        t = y - y_mean

        w = np.zeros(Z.shape[1])
        for _ in range(self.n_iter):
            w -= self.learning_rate * Z.T @ (Z @ w - t) / len(t)

        self.coef_ = w / x_std
        self.intercept_ = y_mean - x_mean @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
