import numpy as np


class Dense:
    def __init__(self, n_in, n_out, rng, activation):
        self.W = rng.normal(0, np.sqrt(1.0 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.activation = activation

    def forward(self, x):
        self.x = x
        z = x @ self.W + self.b
        self.out = np.tanh(z) if self.activation == "tanh" else z
        return self.out

    def backward(self, grad, lr):
        if self.activation == "tanh":
            grad = grad * (1 - self.out**2)
        self.W -= lr * self.x.T @ grad
        self.b -= lr * grad.sum(axis=0)
        return grad @ self.W.T


class MLPRegressor:
    """Feed-forward regression network, squared error 0.5 * mean((out - y)^2), plain gradient descent."""

    def __init__(self, layers=(16, 16), lr=0.1, epochs=1000, seed=0):
        self.layers = layers
        self.lr = lr
        self.epochs = epochs
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, float)
        Y = np.asarray(y, float).reshape(len(X), -1)
        rng = np.random.default_rng(self.seed)
        sizes = [X.shape[1], *self.layers]
        self.net = [Dense(i, o, rng, "tanh") for i, o in zip(sizes[:-1], sizes[1:])]
        self.net.append(Dense(sizes[-1], Y.shape[1], rng, "linear"))
        self.losses = []
        for _ in range(self.epochs):
            out = self._forward(X)
            self.losses.append(0.5 * np.mean((out - Y) ** 2))
            grad = (out - Y) / Y.size
            for layer in reversed(self.net):
                grad = layer.backward(grad, self.lr)
        return self

    def _forward(self, X):
        for layer in self.net:
            X = layer.forward(X)
        return X

    def predict(self, X):
        return self._forward(np.asarray(X, float)).squeeze(-1)
