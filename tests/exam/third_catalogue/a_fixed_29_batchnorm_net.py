# ruff: noqa
"""A regression network with one batch-normalised hidden layer (NumPy only)."""

import numpy as np


class BatchNorm:
    def __init__(self, width, momentum=0.9, eps=1e-5):
        self.gamma = np.ones(width)
        self.beta = np.zeros(width)
        self.run_mean = np.zeros(width)
        self.run_var = np.ones(width)
        self.momentum = momentum
        self.eps = eps

    def forward(self, Z, training=True):
        if training:
            mu, var = Z.mean(axis=0), Z.var(axis=0)
            self.run_mean = self.momentum * self.run_mean + (1 - self.momentum) * mu
            self.run_var = self.momentum * self.run_var + (1 - self.momentum) * var
        else:
            mu, var = self.run_mean, self.run_var
        self.istd = 1.0 / np.sqrt(var + self.eps)
        self.zhat = (Z - mu) * self.istd
        return self.gamma * self.zhat + self.beta

    def backward(self, dOut):
        n = len(dOut)
        self.dgamma = (dOut * self.zhat).sum(axis=0)
        self.dbeta = dOut.sum(axis=0)
        dz = dOut * self.gamma
        return self.istd / n * (n * dz - dz.sum(axis=0) - self.zhat * (dz * self.zhat).sum(axis=0))


class BNRegressor:
    """Linear -> BatchNorm -> ReLU -> Linear, mean squared error, mini-batches.

    In `predict` the running statistics of the training are used.
    """

    def __init__(self, hidden=32, lr=0.05, epochs=200, batch_size=32, seed=0):
        self.hidden, self.lr, self.epochs = hidden, lr, epochs
        self.batch_size, self.seed = batch_size, seed

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float).reshape(-1, 1)
        rng = np.random.default_rng(self.seed)
        n, d = X.shape
        self.W1 = rng.normal(0, np.sqrt(2.0 / d), (d, self.hidden))
        self.bn = BatchNorm(self.hidden)
        self.W2 = rng.normal(0, np.sqrt(1.0 / self.hidden), (self.hidden, 1))
        self.b2 = np.zeros(1)
        for _ in range(self.epochs):
            perm = rng.permutation(n)
            for rows in np.array_split(perm, max(1, n // self.batch_size)):
                self._step(X[rows], y[rows])
        return self

    def _forward(self, X, training=True):
        self.A = self.bn.forward(X @ self.W1, training)
        self.H = np.maximum(self.A, 0)
        return self.H @ self.W2 + self.b2

    def _step(self, xb, yb):
        out = self._forward(xb)
        d_out = 2.0 * (out - yb) / len(yb)
        gW2, gb2 = self.H.T @ d_out, d_out.sum(axis=0)
        dZ = self.bn.backward((d_out @ self.W2.T) * (self.A > 0))
        gW1 = xb.T @ dZ
        self.W2 -= self.lr * gW2
        self.b2 -= self.lr * gb2
        self.W1 -= self.lr * gW1
        self.bn.gamma -= self.lr * self.bn.dgamma
        self.bn.beta -= self.lr * self.bn.dbeta

    def predict(self, X):
        return self._forward(np.asarray(X, float), training=False).ravel()
