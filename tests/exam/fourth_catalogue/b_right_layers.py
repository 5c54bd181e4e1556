"""Minimal layer classes. forward(x, training) / backward(dout); gradients are stored on the layer.

The loss layer returns the mean over the batch, so the gradients are those of the mean.
"""

import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        rng = rng or np.random.default_rng()
        self.W = rng.normal(0.0, np.sqrt(2.0 / n_in), size=(n_in, n_out))
        self.b = np.zeros(n_out)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, x, training=True):
        self._x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self._x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class LeakyReLU:
    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x, training=True):
        self._neg = x < 0
        return np.where(self._neg, self.slope * x, x)

    def backward(self, dout):
        return np.where(self._neg, self.slope * dout, dout)


class Dropout:
    """Inverted dropout: `p` is the probability of dropping a unit."""

    def __init__(self, p=0.5, rng=None):
        self.p = p
        self.rng = rng or np.random.default_rng()
        self._mask = None

    def forward(self, x, training=True):
        if not training or self.p == 0:
            self._mask = None
            return x
        self._mask = (self.rng.random(x.shape) >= self.p) / (1.0 - self.p)
        return x * self._mask

    def backward(self, dout):
        return dout if self._mask is None else dout * self._mask


class BatchNorm:
    """running = momentum * running + (1 - momentum) * batch; biased variance in both places."""

    def __init__(self, n, momentum=0.9, eps=1e-5):
        self.gamma, self.beta = np.ones(n), np.zeros(n)
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)
        self.momentum, self.eps = momentum, eps

    def forward(self, x, training=True):
        self._training = training
        if training:
            mu, var = x.mean(axis=0), x.var(axis=0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        else:
            mu, var = self.running_mean, self.running_var
        self._inv = 1.0 / np.sqrt(var + self.eps)
        self._xhat = (x - mu) * self._inv
        return self.gamma * self._xhat + self.beta

    def backward(self, dout):
        self.dgamma = (dout * self._xhat).sum(axis=0)
        self.dbeta = dout.sum(axis=0)
        if not self._training:
            return dout * self.gamma * self._inv
        n = dout.shape[0]
        return self.gamma * self._inv / n * (n * dout - self.dbeta - self._xhat * self.dgamma)


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        z = logits - logits.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self._p, self._y = np.exp(log_p), labels
        return -log_p[np.arange(len(labels)), labels].mean()

    def backward(self):
        d = self._p.copy()
        d[np.arange(len(d)), self._y] -= 1.0
        return d / len(d)
