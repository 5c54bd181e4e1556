# ruff: noqa
import numpy as np


class Net:
    """tanh hidden layer, linear output, full-batch gradient descent on 1/2n sum (f - y)^2."""

    def __init__(self, d, h, o=1, seed=0):
        r = np.random.default_rng(seed)
        self.W, self.b = r.normal(size=(d, h)) / d**0.5, np.zeros(h)
        self.V, self.c = r.normal(size=(h, o)) / h**0.5, np.zeros(o)

    def __call__(self, X):
        self.H = np.tanh(X @ self.W + self.b)
        return self.H @ self.V + self.c

    def step(self, X, Y, eta):
        e = (self(X) - Y) / len(X)
        self.V -= eta * self.H.T @ e
        self.c -= eta * e.sum(0)
        q = (e @ self.V.T) * (1 - self.H**2)
        self.W -= eta * X.T @ q
        self.b -= eta * q.sum(0)
        return 0.5 * len(X) * (e**2).sum()

    def fit(self, X, Y, eta=0.1, n=3000):
        return np.array([self.step(X, Y, eta) for _ in range(n)])


if __name__ == "__main__":
    X = np.linspace(-3, 3, 100)[:, None]
    L = Net(1, 16).fit(X, np.sin(X))
    print(L[0], L[-1])
