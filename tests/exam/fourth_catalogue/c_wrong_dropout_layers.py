import numpy as np


class Layer:
    training = True

    def __call__(self, x):
        return self.forward(x)


class Linear(Layer):
    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class ReLU(Layer):
    def forward(self, x):
        self.on = x > 0
        return x * self.on

    def backward(self, grad):
        return grad * self.on


class Dropout(Layer):
    """Sets a share `rate` of the inputs to zero (inverted dropout)."""

    def __init__(self, rate, rng):
        self.rate = rate
        self.rng = rng

    def forward(self, x):
        if not self.training or self.rate == 0:
            self.mask = np.ones_like(x)
        else:
            self.mask = (self.rng.random(x.shape) < self.rate) / (1 - self.rate)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask
