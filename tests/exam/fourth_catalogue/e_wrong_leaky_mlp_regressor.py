import numpy as np


def leaky_relu(z, slope=0.2):
    return np.where(z > 0, z, slope * z)


class MLPRegressorScratch:
    """One hidden layer with leaky ReLU (slope 0.2), linear output, loss = mean squared error / 2."""

    def __init__(self, hidden=20, lr=0.05, epochs=2000, seed=0):
        self.hidden, self.lr, self.epochs, self.seed = hidden, lr, epochs, seed

    def init(self, d):
        rng = np.random.RandomState(self.seed)
        self.W1 = rng.randn(d, self.hidden) * np.sqrt(2 / d)
        self.b1 = np.zeros((1, self.hidden))
        self.W2 = rng.randn(self.hidden, 1) * np.sqrt(1 / self.hidden)
        self.b2 = np.zeros((1, 1))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = leaky_relu(self.z1)
        return self.a1 @ self.W2 + self.b2

    def cost(self, X, y):
        return 0.5 * np.mean((self.forward(X) - y.reshape(-1, 1)) ** 2)

    def gradients(self, X, y):
        out = self.forward(X)
        d2 = (out - y.reshape(-1, 1)) / len(X)
        gW2 = self.a1.T @ d2
        gb2 = d2.sum(axis=0, keepdims=True)
        d1 = d2 @ self.W2.T
        d1[self.z1 <= 0] = 0
        gW1 = X.T @ d1
        gb1 = d1.sum(axis=0, keepdims=True)
        return gW1, gb1, gW2, gb2

    def fit(self, X, y):
        self.init(X.shape[1])
        self.curve = []
        for _ in range(self.epochs):
            gW1, gb1, gW2, gb2 = self.gradients(X, y)
            self.W1 -= self.lr * gW1
            self.b1 -= self.lr * gb1
            self.W2 -= self.lr * gW2
            self.b2 -= self.lr * gb2
            self.curve.append(self.cost(X, y))
        return self

    def predict(self, X):
        return self.forward(X).ravel()
