import numpy as np


class MLPRegressor:
    """One hidden tanh layer, squared error, mini-batch gradient descent."""

    def __init__(self, n_hidden=16, lr=0.1, epochs=200, batch_size=32, random_state=None):
        self.n_hidden = n_hidden
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def _init_weights(self, n_in, rng):
        self.W1 = rng.normal(0, np.sqrt(1.0 / n_in), (n_in, self.n_hidden))
        self.b1 = np.zeros(self.n_hidden)
        self.W2 = rng.normal(0, np.sqrt(1.0 / self.n_hidden), (self.n_hidden, 1))
        self.b2 = np.zeros(1)

    def _forward(self, X):
        self.h = np.tanh(X @ self.W1 + self.b1)
        return self.h @ self.W2 + self.b2

    def _backward(self, X, y, out):
        n = len(X)
        delta = 2.0 * (out - y) / n
        dW2 = self.h.T @ delta
        db2 = delta.sum(axis=0)
        self.W2 -= self.lr * dW2
        self.b2 -= self.lr * db2

        delta_h = (delta @ self.W2.T) * (1.0 - self.h**2)
        dW1 = X.T @ delta_h
        db1 = delta_h.sum(axis=0)
        self.W1 -= self.lr * dW1
        self.b1 -= self.lr * db1

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        rng = np.random.default_rng(self.random_state)
        self._init_weights(X.shape[1], rng)
        self.loss_curve_ = []
        for _ in range(self.epochs):
            order = rng.permutation(len(X))
            total = 0.0
            for start in range(0, len(X), self.batch_size):
                idx = order[start : start + self.batch_size]
                out = self._forward(X[idx])
                total += np.sum((out - y[idx]) ** 2)
                self._backward(X[idx], y[idx], out)
            self.loss_curve_.append(total / len(X))
        return self

    def predict(self, X):
        return self._forward(np.asarray(X, dtype=float)).ravel()
