# ruff: noqa
"""Stochastic-gradient linear regressor that predicts chunk by chunk (for big X)."""

import numpy as np


class SGDLinear:
    def __init__(self, eta=0.01, n_epochs=50, l2=0.0, chunk=1024, random_state=None):
        self.eta = eta
        self.n_epochs = n_epochs
        self.l2 = l2
        self.chunk = chunk
        self.random_state = random_state

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        self._dtype = y.dtype
        Xf = X.astype(float)
        yf = y.astype(float)

        rng = np.random.default_rng(self.random_state)
        n, d = Xf.shape
        self.w_ = np.zeros(d)
        self.b_ = 0.0
        self.epoch_mse_ = []
        for ep in range(self.n_epochs):
            # 1/sqrt decay of the step, once per epoch
            eta = self.eta / np.sqrt(1 + ep)
            for i in rng.permutation(n):
                e = Xf[i] @ self.w_ + self.b_ - yf[i]
                self.w_ -= eta * (e * Xf[i] + self.l2 * self.w_)
                self.b_ -= eta * e
            self.epoch_mse_.append(np.mean((Xf @ self.w_ + self.b_ - yf) ** 2))
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        out = np.empty(X.shape[0], dtype=self._dtype)
        for s in range(0, X.shape[0], self.chunk):
            block = X[s : s + self.chunk]
            out[s : s + self.chunk] = block @ self.w_ + self.b_
        return out

    def score(self, X, y):
        y = np.asarray(y, dtype=float)
        p = self.predict(X)
        return 1.0 - np.sum((y - p) ** 2) / np.sum((y - y.mean()) ** 2)


def demo():
    g = np.random.default_rng(3)
    X = g.normal(size=(300, 4))
    y = X @ np.array([2.0, -1.0, 0.0, 4.0]) + 5
    print(SGDLinear(random_state=0).fit(X, y).score(X, y))


if __name__ == "__main__":
    demo()
