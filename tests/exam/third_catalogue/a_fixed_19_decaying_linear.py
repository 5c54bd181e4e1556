# ruff: noqa
# linear_sgd.py -- my linear regression with a learning rate schedule
import numpy as np


class LinearSGD:
    """Mini-batch SGD on the mean squared error.

    The rate in epoch e (e = 0, 1, 2, ...) is   lr / (1 + decay * e).
    `lr_history_` has the rate used in each epoch.
    """

    def __init__(self, lr=0.05, decay=0.01, epochs=100, batch_size=20, seed=42):
        self.lr = lr
        self.decay = decay
        self.epochs = epochs
        self.batch_size = batch_size
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y, dtype=np.float64).ravel()
        if X.ndim == 1:
            X = X[:, np.newaxis]
        N, D = X.shape
        generator = np.random.default_rng(self.seed)

        theta = np.zeros(D + 1)  # last entry: bias
        Xb = np.column_stack((X, np.ones(N)))

        rate = self.lr
        self.lr_history_ = []
        self.loss_history_ = []
        for e in range(self.epochs):
            rate = self.lr / (1.0 + self.decay * e)
            self.lr_history_.append(rate)
            order = generator.permutation(N)
            Xs, ys = Xb[order], y[order]
            for i in range(0, N, self.batch_size):
                A = Xs[i : i + self.batch_size]
                t = ys[i : i + self.batch_size]
                g = 2.0 * A.T @ (A @ theta - t) / len(t)
                theta = theta - rate * g
            self.loss_history_.append(float(np.mean((Xb @ theta - y) ** 2)))

        self.coef_ = theta[:-1]
        self.intercept_ = theta[-1]
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim == 1:
            X = X[:, np.newaxis]
        return X @ self.coef_ + self.intercept_

    def score(self, X, y):
        y = np.asarray(y, dtype=np.float64).ravel()
        ss_res = ((y - self.predict(X)) ** 2).sum()
        ss_tot = ((y - y.mean()) ** 2).sum()
        return 1 - ss_res / ss_tot
