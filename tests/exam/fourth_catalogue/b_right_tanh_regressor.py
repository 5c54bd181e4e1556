import numpy as np


class TanhRegressor:
    """One hidden tanh layer fitted by mini-batch gradient descent with momentum.

    Loss is half the mean squared error. X and y are standardised internally.
    predict returns the shape of y given to fit: (n,) or (n, 1).
    """

    def __init__(self, hidden=20, eta=0.05, momentum=0.9, epochs=300, batch=32, seed=0):
        self.hidden, self.eta, self.momentum = hidden, eta, momentum
        self.epochs, self.batch, self.seed = epochs, batch, seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self._flat = y.ndim == 1
        y = y.reshape(len(X), -1)
        self.xm, self.xs = X.mean(0), X.std(0)
        self.xs = np.where(self.xs == 0, 1.0, self.xs)
        self.ym, self.ys = y.mean(0), y.std(0)
        self.ys = np.where(self.ys == 0, 1.0, self.ys)
        X = (X - self.xm) / self.xs
        T = (y - self.ym) / self.ys

        rng = np.random.RandomState(self.seed)
        self.V = rng.randn(X.shape[1], self.hidden) / np.sqrt(X.shape[1])
        self.c = np.zeros(self.hidden)
        self.U = rng.randn(self.hidden, T.shape[1]) / np.sqrt(self.hidden)
        self.d = np.zeros(T.shape[1])
        vel = [np.zeros_like(p) for p in (self.V, self.c, self.U, self.d)]
        for _ in range(self.epochs):
            perm = rng.permutation(len(X))
            for chunk in np.array_split(perm, max(1, int(np.ceil(len(X) / self.batch)))):
                xb, tb = X[chunk], T[chunk]
                H = np.tanh(xb @ self.V + self.c)
                e = (H @ self.U + self.d - tb) / len(chunk)
                dH = (e @ self.U.T) * (1 - H * H)
                grads = [xb.T @ dH, dH.sum(0), H.T @ e, e.sum(0)]
                for p, g, v in zip((self.V, self.c, self.U, self.d), grads, vel):
                    v *= self.momentum
                    v -= self.eta * g
                    p += v
        return self

    def predict(self, X):
        X = (np.asarray(X, dtype=float) - self.xm) / self.xs
        out = (np.tanh(X @ self.V + self.c) @ self.U + self.d) * self.ys + self.ym
        return out[:, 0] if self._flat else out
