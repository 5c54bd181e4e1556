import numpy as np


class MomentumRegressor:
    """Linear regression with mini-batches and heavy-ball momentum.

    Features are standardised internally; `coef_` and `intercept_` are for the original units.
    The learning rate falls linearly to zero so that the noise of the batches dies out.
    """

    def __init__(self, eta0=0.02, momentum=0.9, batch_size=16, epochs=200, random_state=0):
        self.eta0 = eta0
        self.momentum = momentum
        self.batch_size = batch_size
        self.epochs = epochs
        self.random_state = random_state

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1)
        mu, sd = X.mean(0), X.std(0)
        sd[sd == 0] = 1
        Z = (X - mu) / sd
        rng = np.random.default_rng(self.random_state)
        n, d = Z.shape
        w, b = np.zeros(d), y.mean()
        vw, vb = np.zeros(d), 0.0
        self.history_ = []
        for e in range(self.epochs):
            eta = self.eta0 * (1 - e / self.epochs)
            idx = rng.permutation(n)
            for s in range(0, n, self.batch_size):
                k = idx[s : s + self.batch_size]
                err = Z[k] @ w + b - y[k]
                vw = self.momentum * vw - eta * 2 * Z[k].T @ err / len(k)
                vb = self.momentum * vb - eta * 2 * err.mean()
                w = w + vw
                b = b + vb
            self.history_.append(np.mean((Z @ w + b - y) ** 2))
        self.coef_ = w / sd
        self.intercept_ = b - mu @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
