"""Tiny layer library: every layer has forward / backward, the Network chains them."""

import numpy as np


class Layer:
    params = ()

    def forward(self, x, train=True):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError


class Dense(Layer):
    def __init__(self, n_in, n_out, rng):
        self.W = rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)
        self.b = np.zeros((1, n_out))

    def forward(self, x, train=True):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T


class ReLU(Layer):
    def forward(self, x, train=True):
        self.mask = x > 0
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


class Dropout(Layer):
    def __init__(self, rate, rng):
        self.rate = rate
        self.rng = rng

    def forward(self, x, train=True):
        if not train:
            return x
        keep = 1 - self.rate
        self.mask = (self.rng.random(x.shape) < keep) / keep
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Network:
    def __init__(self, n_hidden=32, dropout=0.3, lr=0.1, epochs=100, batch=32, seed=0):
        self.n_hidden, self.dropout = n_hidden, dropout
        self.lr, self.epochs, self.batch, self.seed = lr, epochs, batch, seed

    def forward(self, x, train=True):
        for layer in self.layers:
            x = layer.forward(x, train)
        return x

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        self.classes_, yi = np.unique(y, return_inverse=True)
        T = np.eye(len(self.classes_))[yi]
        self.layers = [
            Dense(X.shape[1], self.n_hidden, rng),
            ReLU(),
            Dropout(self.dropout, rng),
            Dense(self.n_hidden, len(self.classes_), rng),
        ]
        for epoch in range(self.epochs):
            perm = rng.permutation(len(X))
            for i in range(0, len(X), self.batch):
                j = perm[i : i + self.batch]
                p = softmax(self.forward(X[j]))
                grad = (p - T[j]) / len(j)
                for layer in reversed(self.layers):
                    grad = layer.backward(grad)
                for layer in self.layers:
                    if isinstance(layer, Dense):
                        layer.W -= self.lr * layer.dW
                        layer.b -= self.lr * layer.db
        return self

    def predict_proba(self, X):
        return softmax(self.forward(X))

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
