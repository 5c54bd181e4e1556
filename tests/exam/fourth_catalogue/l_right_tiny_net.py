import numpy as np


class TinyNet:
    """One hidden layer (tanh) + sigmoid output, trained on cross entropy with full batches.

    X: (n_samples, n_features), y: 0/1
    """

    def __init__(self, hidden=8, lr=0.5, epochs=3000, seed=0):
        self.hidden, self.lr, self.epochs, self.seed = hidden, lr, epochs, seed

    def _init(self, d):
        rng = np.random.default_rng(self.seed)
        self.W1 = rng.normal(0, 1 / np.sqrt(d), (d, self.hidden))
        self.b1 = np.zeros(self.hidden)
        self.W2 = rng.normal(0, 1 / np.sqrt(self.hidden), (self.hidden, 1))
        self.b2 = np.zeros(1)

    def forward(self, X):
        self.A1 = np.tanh(X @ self.W1 + self.b1)
        self.A2 = 1 / (1 + np.exp(-(self.A1 @ self.W2 + self.b2)))
        return self.A2

    def backward(self, X, Y):
        n = len(X)
        d2 = (self.A2 - Y) / n
        d1 = (d2 @ self.W2.T) * (1 - self.A1**2)
        return X.T @ d1, d1.sum(0), self.A1.T @ d2, d2.sum(0)

    def loss(self, X, y):
        p = np.clip(self.forward(X), 1e-12, 1 - 1e-12)
        Y = np.asarray(y).reshape(-1, 1)
        return float(-np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p)))

    def fit(self, X, y):
        X = np.asarray(X, float)
        Y = np.asarray(y, float).reshape(-1, 1)
        self._init(X.shape[1])
        for _ in range(self.epochs):
            self.forward(X)
            gW1, gb1, gW2, gb2 = self.backward(X, Y)
            self.W1 -= self.lr * gW1
            self.b1 -= self.lr * gb1
            self.W2 -= self.lr * gW2
            self.b2 -= self.lr * gb2
        return self

    def predict(self, X):
        return (self.forward(np.asarray(X, float)).ravel() > 0.5).astype(int)


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([0, 1, 1, 0])
    print(TinyNet().fit(X, y).predict(X))
