import numpy as np


class LinearRegression:
    """
    Multiple linear regression by gradient descent.

    Features are standardised internally, `coef_` and `intercept_` are
    reported in the original units.
    """

    def __init__(self, eta=0.1, n_iterations=3000):
        self.eta = eta
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        self._mean = X.mean(axis=0)
        self._std = X.std(axis=0)
        self._std[self._std == 0] = 1.0
        Xs = (X - self._mean) / self._std
        Xb = np.column_stack((np.ones(len(Xs)), Xs))

        theta = np.zeros(Xb.shape[1])
        for _ in range(self.n_iterations):
            gradients = Xb.T @ (Xb @ theta - y) / len(y)
            theta -= self.eta * gradients
        self._theta = theta

        self.coef_ = theta[1:] / self._std
        self.intercept_ = theta[0] - np.sum(theta[1:] * self._mean)
        return self

    def predict(self, X):
        Xs = (np.array(X, dtype=float) - self._mean) / self._std
        return self._theta[0] + Xs @ self._theta[1:]

    def rmse(self, X, y):
        return np.sqrt(np.mean((self.predict(X) - y) ** 2))
