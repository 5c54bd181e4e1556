# ruff: noqa
"""activations.py - activation functions and their derivatives.

Every function takes the pre-activation x (any shape).
The *_prime functions are derivatives with respect to x, also at x.
"""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_prime(x):
    s = sigmoid(x)
    return s * (1 - s)


def tanh(x):
    return np.tanh(x)


def tanh_prime(x):
    return 1 - np.tanh(x) ** 2


def relu(x):
    return np.maximum(np.asarray(x, dtype=float), 0)


def relu_prime(x):
    return (np.asarray(x) > 0).astype(float)


def leaky_relu(x, slope=0.01):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, x, slope * x)


def leaky_relu_prime(x, slope=0.01):
    return np.where(np.asarray(x) > 0, 1.0, slope)


def elu(x, alpha=1.0):
    """x for x > 0, alpha * (exp(x) - 1) otherwise"""
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_prime(x, alpha=1.0):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, 1.0, elu(x, alpha) + alpha)


def softplus(x):
    return np.logaddexp(0.0, x)


def softplus_prime(x):
    return sigmoid(x)


def swish(x):
    return np.asarray(x, dtype=float) * sigmoid(x)


def swish_prime(x):
    s = sigmoid(x)
    return s + np.asarray(x, dtype=float) * s * (1 - s)


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    x = x - x.max(axis=axis, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    x = x - x.max(axis=axis, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=axis, keepdims=True))
