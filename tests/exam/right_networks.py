"""Right networks in plain NumPy, as learners write them. None of them may fail an exam."""

from __future__ import annotations

import types

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Columns:
    """Sizes at the start, sums over the rows, labels in a column, sigmoid everywhere, squared errors."""

    def __init__(self, input_size, hidden_size, output_size, lr=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) * 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.5
        self.b2 = np.zeros((1, output_size))
        self.lr = lr

    def forward(self, X):
        self.a1 = sigmoid(X @ self.W1 + self.b1)
        self.a2 = sigmoid(self.a1 @ self.W2 + self.b2)
        return self.a2

    def backward(self, X, y, out):
        d2 = (out - y) * out * (1 - out)
        d1 = d2 @ self.W2.T * self.a1 * (1 - self.a1)
        self.W2 -= self.lr * self.a1.T @ d2
        self.b2 -= self.lr * d2.sum(axis=0, keepdims=True)
        self.W1 -= self.lr * X.T @ d1
        self.b1 -= self.lr * d1.sum(axis=0, keepdims=True)

    def train(self, X, y, epochs):
        for _ in range(epochs):
            self.backward(X, y, self.forward(X))


class Deep:
    """Lists of weights, relu, the mean of squares."""

    def __init__(self, layers=(3, 9, 5, 1), learning_rate=0.01, epochs=100, seed=0):
        self.layers, self.learning_rate, self.epochs, self.seed = layers, learning_rate, epochs, seed

    def start(self, rng, a, b):
        return rng.normal(size=(a, b)) / np.sqrt(a), np.zeros(b)

    def error(self, out, y):
        return 2 * (out - y) / len(y)

    def forward(self, X):
        self.a = [X]
        for k, (W, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            z = self.a[-1] @ W + b
            self.a.append(np.maximum(z, 0) if k + 1 < len(self.weights) else z)
        return self.a[-1]

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        pairs = [self.start(rng, a, b) for a, b in zip(self.layers[:-1], self.layers[1:], strict=True)]
        self.weights, self.biases = [W for W, _ in pairs], [b for _, b in pairs]
        y = np.asarray(y, dtype=float).reshape(len(X), -1)
        for _ in range(self.epochs):
            d = self.error(self.forward(X), y)
            for k in reversed(range(len(self.weights))):
                grad_W, grad_b = self.a[k].T @ d, d.sum(axis=0)
                d = (d @ self.weights[k].T) * (self.a[k] > 0)
                self.weights[k] = self.weights[k] - self.learning_rate * grad_W
                self.biases[k] = self.biases[k] - self.learning_rate * grad_b
        return self

    def predict(self, X):
        return self.forward(X).ravel()


class Turned:
    """Weights as (outputs, inputs), tanh, two classes, a dict of parameters, a momentum of its own."""

    def __init__(self, n_hidden=5, eta=0.1, n_epochs=50, random_state=None):
        self.n_hidden, self.eta, self.n_epochs, self.random_state = n_hidden, eta, n_epochs, random_state

    def fit(self, X, y):
        rng = np.random.RandomState(self.random_state)
        p = {
            "W1": rng.uniform(-0.7, 0.7, (self.n_hidden, X.shape[1])),
            "b1": np.zeros((self.n_hidden, 1)),
            "W2": rng.uniform(-0.7, 0.7, (1, self.n_hidden)),
            "b2": np.zeros((1, 1)),
        }
        speed = dict.fromkeys(p, 0.0)
        A0, Y = X.T, np.asarray(y, dtype=float).reshape(1, -1)
        for _ in range(self.n_epochs):
            A1 = np.tanh(p["W1"] @ A0 + p["b1"])
            A2 = sigmoid(p["W2"] @ A1 + p["b2"])
            d2 = (A2 - Y) / len(X)
            d1 = (p["W2"].T @ d2) * (1 - A1**2)
            grads = {
                "W1": d1 @ A0.T,
                "b1": d1.sum(axis=1, keepdims=True),
                "W2": d2 @ A1.T,
                "b2": d2.sum(axis=1, keepdims=True),
            }
            for name in p:
                speed[name] = 0.9 * speed[name] + grads[name]
                p[name] = p[name] - self.eta * speed[name]
        self.params = p
        return self

    def predict_proba(self, X):
        p = self.params
        return sigmoid(p["W2"] @ np.tanh(p["W1"] @ X.T + p["b1"]) + p["b2"]).ravel()

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)


def functions():
    """Many classes: functions around a dict, one-hot made inside."""

    def softmax(z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def forward(X, params):
        hidden = np.tanh(X @ params["W1"] + params["b1"])
        return softmax(hidden @ params["W2"] + params["b2"]), {"hidden": hidden}

    def train(X, y, n_hidden, n_classes, learning_rate, epochs, seed=0):
        rng = np.random.default_rng(seed)
        params = {
            "W1": rng.normal(size=(X.shape[1], n_hidden)),
            "b1": np.zeros(n_hidden),
            "W2": rng.normal(size=(n_hidden, n_classes)),
            "b2": np.zeros(n_classes),
        }
        for _ in range(epochs):
            out, cache = forward(X, params)
            d = (out - np.eye(n_classes)[y]) / len(X)
            back = d @ params["W2"].T * (1 - cache["hidden"] ** 2)
            grads = {"W2": cache["hidden"].T @ d, "b2": d.sum(axis=0), "W1": X.T @ back, "b1": back.sum(axis=0)}
            params = {name: params[name] - learning_rate * grads[name] for name in params}
        return params

    return types.SimpleNamespace(train=train, forward=forward)


class Dense:
    """One layer, as an object of its own."""

    def __init__(self, n_in, n_out):
        self.W = np.random.normal(0, 1 / np.sqrt(n_in), (n_in, n_out))
        self.b = np.zeros(n_out)


class Layers:
    """A list of layer objects, logits inside, many classes with one-hot rows."""

    def __init__(self, input_dim, output_dim, hidden_dim=7):
        self.layers = [Dense(input_dim, hidden_dim), Dense(hidden_dim, output_dim)]

    def forward(self, X):
        first, last = self.layers
        self.hidden = np.log1p(np.exp(X @ first.W + first.b))
        z = self.hidden @ last.W + last.b
        return z

    def fit(self, X, Y, epochs=10, lr=0.1):
        first, last = self.layers
        for _ in range(epochs):
            d = (self.forward(X) - Y.reshape(len(X), -1)) / len(X)
            back = d @ last.W.T * (1 - np.exp(-self.hidden))
            last.W, last.b = last.W - lr * self.hidden.T @ d, last.b - lr * d.sum(axis=0)
            first.W, first.b = first.W - lr * X.T @ back, first.b - lr * back.sum(axis=0)
        return self

    def predict(self, X):
        return self.forward(X)


NUMPY = {
    "columns": lambda: Columns,
    "an object": lambda: Columns(4, 6, 1),
    "deep": lambda: Deep,
    "turned": lambda: Turned,
    "functions": functions,
    "layers": lambda: Layers,
}
