import random

import numpy as np


class SGDRegressor:
    """Linear regression by stochastic gradient descent, one sample at a time.

    The step size in epoch t is eta0 / (1 + decay * t).
    """

    def __init__(self, eta0=0.005, decay=0.1, epochs=300, random_state=0):
        self.eta0 = eta0
        self.decay = decay
        self.epochs = epochs
        self.random_state = random_state

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        rnd = random.Random(self.random_state)
        self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = 0.0
        indices = list(range(len(X)))
        eta = self.eta0
        self.cost_history_ = []
        for t in range(self.epochs):
            rnd.shuffle(indices)
            eta = eta / (1 + self.decay * t)
            for i in indices:
                residual = self.coef_ @ X[i] + self.intercept_ - y[i]
                self.coef_ = self.coef_ - eta * residual * X[i]
                self.intercept_ = self.intercept_ - eta * residual
            self.cost_history_.append(np.mean((self.predict(X) - y) ** 2))
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_


if __name__ == "__main__":
    rng = np.random.default_rng(5)
    X = rng.normal(size=(300, 2))
    y = 4 * X[:, 0] - X[:, 1] + 2 + rng.normal(size=300) * 0.1
    sgd = SGDRegressor().fit(X, y)
    print(sgd.coef_, sgd.intercept_, sgd.cost_history_[-1])
