# pyright: basic
"""A network of any depth for numbers, as a class around lists of weights and biases."""

from itertools import pairwise

import numpy as np


class MLPRegressor:
    """Relu units, the mean squared error, momentum where it is asked for."""

    def __init__(self, hidden=(7, 5), learning_rate=0.01, epochs=200, momentum=0.0, init="he", dropout=0.0, seed=0):
        self.hidden = hidden
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.momentum = momentum
        self.init = init
        self.dropout = dropout
        self.seed = seed

    def _start(self, sizes, rng):
        self.weights = []
        self.biases = []
        for fan_in, fan_out in pairwise(sizes):
            variance = 2 / fan_in if self.init == "he" else 2 / (fan_in + fan_out)
            self.weights.append(rng.normal(size=(fan_in, fan_out)) * np.sqrt(variance))
            self.biases.append(np.zeros(fan_out))

    def forward(self, X):
        """The answer, and what went into each layer."""
        inputs = [X]
        last = len(self.weights) - 1
        for k in range(last):
            z = inputs[-1] @ self.weights[k] + self.biases[k]
            inputs.append(np.maximum(z, 0))
        return inputs[-1] @ self.weights[last] + self.biases[last], inputs

    def fit(self, X, y):
        """Back-propagation, all rows at once."""
        rng = np.random.default_rng(self.seed)
        y = np.asarray(y, dtype=float).reshape(len(X), -1)
        self._start([X.shape[1], *self.hidden, y.shape[1]], rng)
        speed = [0.0 * W for W in self.weights]
        speed_b = [0.0 * b for b in self.biases]
        for _ in range(self.epochs):
            out, inputs = self.forward(X)
            delta = 2 * (out - y) / len(X)
            for k in reversed(range(len(self.weights))):
                grad_W = inputs[k].T @ delta
                grad_b = delta.sum(axis=0)
                delta = (delta @ self.weights[k].T) * (inputs[k] > 0)
                speed[k] = self.momentum * speed[k] + grad_W
                speed_b[k] = self.momentum * speed_b[k] + grad_b
                self.weights[k] = self.weights[k] - self.learning_rate * speed[k]
                self.biases[k] = self.biases[k] - self.learning_rate * speed_b[k]
        return self

    def predict(self, X):
        """One number for each row."""
        return self.forward(X)[0].ravel()
