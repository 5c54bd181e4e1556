import numpy as np


class MLP:
    """One hidden ReLU layer with inverted dropout, squared error, plain SGD."""

    def __init__(self, n_in, n_hidden=64, drop=0.5, lr=0.01, seed=0):
        self.rng = np.random.default_rng(seed)
        self.W1 = self.rng.normal(0, np.sqrt(2 / n_in), (n_in, n_hidden))
        self.b1 = np.zeros(n_hidden)
        self.W2 = self.rng.normal(0, np.sqrt(1 / n_hidden), (n_hidden, 1))
        self.b2 = np.zeros(1)
        self.drop, self.lr = drop, lr

    def forward(self, X, train=False):
        self.X = X
        self.z = X @ self.W1 + self.b1
        self.h = np.maximum(self.z, 0)
        if train:
            keep = 1 - self.drop
            self.mask = self.rng.random(self.h.shape) < keep
            self.h = self.h * self.mask / keep
        return (self.h @ self.W2 + self.b2)[:, 0]

    def backward(self, err):
        d = err[:, None]
        gW2, gb2 = self.h.T @ d, d.sum(0)
        dz = (d @ self.W2.T) * self.mask * (self.z > 0)
        return [self.X.T @ dz, dz.sum(0), gW2, gb2]

    def fit(self, X, y, epochs=100, batch_size=32):
        for _ in range(epochs):
            order = self.rng.permutation(len(X))
            for s in range(0, len(X), batch_size):
                i = order[s : s + batch_size]
                out = self.forward(X[i], train=True)
                grads = self.backward((out - y[i]) / len(i))
                for p, g in zip([self.W1, self.b1, self.W2, self.b2], grads):
                    p -= self.lr * g
        return self

    def predict(self, X):
        return self.forward(X)
