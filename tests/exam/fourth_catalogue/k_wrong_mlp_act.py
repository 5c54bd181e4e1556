import numpy as np


class Tanh:
    @staticmethod
    def activation(z):
        return np.tanh(z)

    @staticmethod
    def prime(z):
        return 1 - np.tanh(z) ** 2


class Linear:
    @staticmethod
    def activation(z):
        return z

    @staticmethod
    def prime(z):
        return np.ones_like(z)


class Network:
    """Fully connected network for regression, mean of the squared errors (1/2)."""

    def __init__(self, dimensions=(1, 20, 1), activations=(Tanh, Linear), seed=5):
        rng = np.random.default_rng(seed)
        self.n_layers = len(dimensions)
        self.w, self.b, self.activations = {}, {}, {}
        for i in range(1, self.n_layers):
            self.w[i] = rng.standard_normal((dimensions[i - 1], dimensions[i])) / np.sqrt(dimensions[i - 1])
            self.b[i] = np.zeros(dimensions[i])
            self.activations[i] = activations[i - 1]

    def _feed_forward(self, x):
        a = {0: x}
        for i in range(1, self.n_layers):
            z = a[i - 1] @ self.w[i] + self.b[i]
            a[i] = self.activations[i].activation(z)
        return a

    def _back_prop(self, a, y_true):
        last = self.n_layers - 1
        delta = (a[last] - y_true) / len(y_true) * self.activations[last].prime(a[last])
        dw, db = {}, {}
        for i in range(last, 0, -1):
            dw[i] = a[i - 1].T @ delta
            db[i] = delta.sum(axis=0)
            if i > 1:
                delta = (delta @ self.w[i].T) * self.activations[i - 1].prime(a[i - 1])
        return dw, db

    def fit(self, x, y, epochs=300, batch_size=32, learning_rate=0.05, seed=0):
        x = np.asarray(x, dtype=float)
        y = np.asarray(y, dtype=float).reshape(len(x), -1)
        rng = np.random.default_rng(seed)
        for _ in range(epochs):
            perm = rng.permutation(len(x))
            for k in range(0, len(x), batch_size):
                rows = perm[k : k + batch_size]
                dw, db = self._back_prop(self._feed_forward(x[rows]), y[rows])
                for i in dw:
                    self.w[i] -= learning_rate * dw[i]
                    self.b[i] -= learning_rate * db[i]
        return self

    def predict(self, x):
        return self._feed_forward(np.asarray(x, dtype=float))[self.n_layers - 1]
