"""Reference optimisers for the course.

Every optimiser has the method ``update(params, grads)`` that changes the list of arrays
``params`` in place.
"""

import numpy as np


class SGD:
    """Stochastic gradient descent with classical momentum.

    v <- mu v + g ;  w <- w - lr v          (nesterov: w <- w - lr (g + mu v))
    """

    def __init__(self, lr=0.01, momentum=0.0, nesterov=False):
        self.lr, self.momentum, self.nesterov = lr, momentum, nesterov
        self.v = None

    def update(self, params, grads):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self.v):
            v *= self.momentum
            v += g
            p -= self.lr * (g + self.momentum * v if self.nesterov else v)


class RMSProp:
    """Tieleman & Hinton: divide by a running average of the gradient's magnitude."""

    def __init__(self, lr=0.01, rho=0.99, eps=1e-8):
        self.lr, self.rho, self.eps = lr, rho, eps
        self.s = None

    def update(self, params, grads):
        if self.s is None:
            self.s = [np.zeros_like(p) for p in params]
        for p, g, s in zip(params, grads, self.s):
            s *= self.rho
            s += (1 - self.rho) * g * g
            p -= self.lr * g / (np.sqrt(s) + self.eps)


class Adagrad:
    """Duchi et al.: divide by the root of the sum of squared gradients."""

    def __init__(self, lr=0.01, eps=1e-10):
        self.lr, self.eps = lr, eps
        self.s = None

    def update(self, params, grads):
        if self.s is None:
            self.s = [np.zeros_like(p) for p in params]
        for p, g, s in zip(params, grads, self.s):
            s += g * g
            p -= self.lr * g / (np.sqrt(s) + self.eps)


class Adam:
    """Kingma & Ba, algorithm 1."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t = 0
        self.m = self.s = None

    def update(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(p) for p in params]
            self.s = [np.zeros_like(p) for p in params]
        self.t += 1
        c1 = 1 - self.beta1**self.t
        c2 = 1 - self.beta2**self.t
        for p, g, m, s in zip(params, grads, self.m, self.s):
            m += (1 - self.beta1) * (g - m)
            s += (1 - self.beta2) * (g * g - s)
            p -= self.lr * (m / c1) / (np.sqrt(s / c2) + self.eps)
