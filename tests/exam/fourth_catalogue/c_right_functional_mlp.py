"""A tiny functional MLP classifier. Parameters are a tuple of (W, b)."""

from functools import partial, reduce

import numpy as np


def init_params(sizes, seed=0):
    rng = np.random.default_rng(seed)
    return tuple((rng.normal(size=(m, n)) / np.sqrt(m), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:]))


def log_softmax(z):
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def apply(params, x):
    h = x
    for W, b in params[:-1]:
        h = np.tanh(h @ W + b)
    W, b = params[-1]
    return log_softmax(h @ W + b)


def loss(params, batch):
    x, y = batch
    return -apply(params, x)[np.arange(len(y)), y].mean()


def grad(params, batch):
    x, y = batch
    acts = [x]
    for W, b in params[:-1]:
        acts.append(np.tanh(acts[-1] @ W + b))
    W, b = params[-1]
    d = np.exp(log_softmax(acts[-1] @ W + b))
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    out = []
    for (W, _), a in zip(params[::-1], acts[::-1]):
        out.append((a.T @ d, d.sum(0)))
        d = (d @ W.T) * (1 - a**2)
    return tuple(out[::-1])


def sgd_step(lr, params, batch):
    return tuple((W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grad(params, batch)))


def train(params, batches, lr=0.1):
    return reduce(partial(sgd_step, lr), batches, params)


def accuracy(params, batch):
    x, y = batch
    return float(np.mean(apply(params, x).argmax(-1) == y))
