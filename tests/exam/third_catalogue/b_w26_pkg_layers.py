# ruff: noqa
import numpy as np


class Layer:
    def params(self):
        return []

    def forward(self, X):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError


class Dense(Layer):
    def __init__(self, n_in, n_out, rng):
        limit = np.sqrt(6 / (n_in + n_out))
        self.W = rng.uniform(-limit, limit, (n_in, n_out))
        self.b = np.zeros((1, n_out))

    def params(self):
        return [("W", "dW"), ("b", "db")]

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, grad):
        self.dW = self.X.T @ grad
        self.db = np.mean(grad, axis=0, keepdims=True)
        return grad @ self.W.T


class ReLU(Layer):
    def forward(self, X):
        self.mask = X > 0
        return X * self.mask

    def backward(self, grad):
        return grad * self.mask


class MSE:
    def loss(self, y, p):
        return np.mean((p - y) ** 2)

    def gradient(self, y, p):
        return 2 * (p - y) / p.size


class NeuralNetwork:
    def __init__(self, layers, loss=None, learning_rate=0.05):
        self.layers = layers
        self.loss = loss or MSE()
        self.learning_rate = learning_rate

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def train_on_batch(self, X, y):
        p = self.predict(X)
        grad = self.loss.gradient(y, p)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        for layer in self.layers:
            for name, g in layer.params():
                setattr(layer, name, getattr(layer, name) - self.learning_rate * getattr(layer, g))
        return self.loss.loss(y, p)

    def fit(self, X, y, epochs=200, batch_size=16, seed=0):
        rng = np.random.default_rng(seed)
        history = []
        for _ in range(epochs):
            idx = rng.permutation(len(X))
            for s in range(0, len(X), batch_size):
                b = idx[s : s + batch_size]
                self.train_on_batch(X[b], y[b])
            history.append(self.loss.loss(y, self.predict(X)))
        return history


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.uniform(-2, 2, (128, 1))
    y = X**2
    h = NeuralNetwork([Dense(1, 16, rng), ReLU(), Dense(16, 1, rng)]).fit(X, y)
    print(h[0], h[-1])
