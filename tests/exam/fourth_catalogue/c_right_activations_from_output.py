"""Activations whose `_grad` functions are written in terms of the OUTPUT a = f(z)."""

import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def sigmoid_grad(a):
    return a * (1 - a)


def tanh(z):
    return np.tanh(z)


def tanh_grad(a):
    return 1 - a * a


def relu(z):
    return np.maximum(z, 0)


def relu_grad(a):
    return np.where(np.asarray(a) > 0, 1.0, 0.0)


def softplus(z):
    return np.logaddexp(0, z)


def softplus_grad(a):
    return -np.expm1(-a)


class ActivationLayer:
    TABLE = {
        "sigmoid": (sigmoid, sigmoid_grad),
        "tanh": (tanh, tanh_grad),
        "relu": (relu, relu_grad),
        "softplus": (softplus, softplus_grad),
    }

    def __init__(self, name):
        self.f, self.df = self.TABLE[name]

    def forward(self, z):
        self.a = self.f(np.asarray(z, dtype=float))
        return self.a

    def backward(self, grad_output):
        return grad_output * self.df(self.a)
