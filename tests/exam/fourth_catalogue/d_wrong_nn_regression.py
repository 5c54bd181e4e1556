import numpy as np


class MLP:
    """Regression network: input -> tanh hidden layer -> linear output. The target is standardized."""

    def __init__(self, hidden_units=16, lr=0.05, epochs=3000, seed=0):
        self.hidden_units = hidden_units
        self.lr = lr
        self.epochs = epochs
        self.seed = seed

    def forward(self, X):
        a1 = np.tanh(X @ self.W1 + self.b1)
        return a1, a1 @ self.W2 + self.b2

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        self.y_mean = y.mean()
        self.y_std = y.std()
        y = (y - self.y_mean) / self.y_std
        n, d = X.shape
        self.W1 = rng.normal(0, 1, (d, self.hidden_units))
        self.b1 = np.zeros(self.hidden_units)
        self.W2 = rng.normal(0, 1 / np.sqrt(self.hidden_units), (self.hidden_units, 1))
        self.b2 = np.zeros(1)
        self.losses = []

        for epoch in range(self.epochs):
            a1, out = self.forward(X)
            self.losses.append(0.5 * np.mean((out - y) ** 2))

            d_out = (out - y) / n
            d_hidden = (d_out @ self.W2.T) * (1 - a1**2)

            dW2 = a1.T @ d_out
            db2 = np.sum(d_out, axis=0)
            dW1 = X.T @ d_hidden
            db1 = np.sum(d_hidden, axis=0)

            self.W1 -= self.lr * dW1
            self.b1 -= self.lr * db1
            self.W2 -= self.lr * dW2
            self.b2 -= self.lr * db2
        return self

    def predict(self, X):
        out = self.forward(X)[1].ravel()
        return (out + self.y_mean) * self.y_std
