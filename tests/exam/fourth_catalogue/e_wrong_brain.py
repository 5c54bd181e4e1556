import numpy as np

np.random.seed(42)


class Brain:
    """A tiny neural network: inputs -> sigmoid hidden -> one sigmoid output. Learns by squared error."""

    def __init__(self, n_inputs, n_hidden=6, rate=2.0):
        self.rate = rate
        self.hidden_w = np.random.uniform(-1, 1, (n_inputs, n_hidden))
        self.hidden_b = np.zeros(n_hidden)
        self.out_w = np.random.uniform(-1, 1, (n_hidden, 1))
        self.out_b = np.zeros(1)

    @staticmethod
    def nonlin(x, deriv=False):
        if deriv:
            return x * (1 - x)
        return 1 / (1 + np.exp(-x))

    def think(self, X):
        self.h = self.nonlin(X @ self.hidden_w + self.hidden_b)
        return self.nonlin(self.h @ self.out_w + self.out_b)

    def loss(self, X, y):
        return 0.5 * np.mean((self.think(X) - y.reshape(-1, 1)) ** 2)

    def train_step(self, X, y):
        n = len(X)
        y = y.reshape(-1, 1)
        out = self.think(X)
        error = out - y
        delta = error * self.nonlin(out, deriv=True)
        hidden_delta = (error @ self.out_w.T) * self.nonlin(self.h, deriv=True)
        self.out_w -= self.rate * self.h.T @ delta / n
        self.out_b -= self.rate * delta.mean(axis=0)
        self.hidden_w -= self.rate * X.T @ hidden_delta / n
        self.hidden_b -= self.rate * hidden_delta.mean(axis=0)

    def train(self, X, y, rounds=10000):
        for i in range(rounds):
            self.train_step(X, y)
        return self.loss(X, y)

    def guess(self, X):
        return (self.think(X) > 0.5).astype(int).ravel()


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([0, 1, 1, 0])
    b = Brain(2)
    print("loss", b.train(X, y), "answers", b.guess(X))
