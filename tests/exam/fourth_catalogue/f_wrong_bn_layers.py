"""Layers with forward / backward, for small fully connected nets."""

import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng):
        self.params = {"W": rng.standard_normal((n_in, n_out)) * np.sqrt(2.0 / n_in), "b": np.zeros(n_out)}
        self.grads = {}

    def forward(self, x, train=True):
        self.x = x
        return x @ self.params["W"] + self.params["b"]

    def backward(self, dy):
        self.grads["W"] = self.x.T @ dy
        self.grads["b"] = dy.sum(axis=0)
        return dy @ self.params["W"].T


class ReLU:
    params, grads = {}, {}

    def forward(self, x, train=True):
        self.on = x > 0
        return x * self.on

    def backward(self, dy):
        return dy * self.on


class BatchNorm:
    def __init__(self, dim, decay=0.9, eps=1e-5):
        self.params = {"gamma": np.ones(dim), "beta": np.zeros(dim)}
        self.grads = {}
        self.decay, self.eps = decay, eps
        self.mean, self.var = np.zeros(dim), np.ones(dim)

    def forward(self, x, train=True):
        if train:
            mu, var = x.mean(axis=0), x.var(axis=0)
            self.mean = self.decay * self.mean + (1 - self.decay) * mu
            self.var = self.decay * self.var + (1 - self.decay) * var
        else:
            mu, var = self.mean, self.var
        self.inv_std = 1.0 / np.sqrt(var + self.eps)
        self.xhat = (x - mu) * self.inv_std
        return self.params["gamma"] * self.xhat + self.params["beta"]

    def backward(self, dy):
        self.grads["gamma"] = (dy * self.xhat).sum(axis=0)
        self.grads["beta"] = dy.sum(axis=0)
        dxhat = dy * self.params["gamma"]
        return self.inv_std * (dxhat - dxhat.mean(axis=0))


class SoftmaxCrossEntropy:
    def __call__(self, scores, t):
        z = scores - scores.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        rows = np.arange(len(t))
        d = np.exp(logp)
        d[rows, t] -= 1
        return -logp[rows, t].mean(), d / len(t)


class Net:
    def __init__(self, n_in=2, n_hidden=16, n_out=3, seed=0):
        rng = np.random.default_rng(seed)
        self.layers = [Linear(n_in, n_hidden, rng), BatchNorm(n_hidden), ReLU(), Linear(n_hidden, n_out, rng)]
        self.criterion = SoftmaxCrossEntropy()

    def forward(self, x, train=False):
        for layer in self.layers:
            x = layer.forward(x, train)
        return x

    def loss_and_grads(self, x, t):
        loss, d = self.criterion(self.forward(x, True), t)
        for layer in reversed(self.layers):
            d = layer.backward(d)
        return loss

    def fit(self, x, t, lr=0.1, epochs=100, batch_size=50, seed=0):
        rng = np.random.default_rng(seed)
        for _ in range(epochs):
            order = rng.permutation(len(x))
            for i in range(0, len(x), batch_size):
                b = order[i : i + batch_size]
                self.loss_and_grads(x[b], t[b])
                for layer in self.layers:
                    for k in layer.params:
                        layer.params[k] -= lr * layer.grads[k]
        return self

    def predict(self, x):
        return self.forward(x).argmax(axis=1)
