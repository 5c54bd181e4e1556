# pyright: basic, reportOptionalIterable=false, reportArgumentType=false
"""Optimisers as classes with a memory of their own, which can be saved."""

import numpy as np


class Momentum:
    """A heavy ball for a list of arrays."""

    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocity = None

    def step(self, params, grads):
        """The next parameters."""
        if self.velocity is None:
            self.velocity = [np.zeros_like(p) for p in params]
        moved = []
        for k, (p, g) in enumerate(zip(params, grads, strict=True)):
            pull = g + self.weight_decay * p
            self.velocity[k] = self.momentum * self.velocity[k] + pull
            moved.append(p - self.lr * self.velocity[k])
        return moved

    def state_dict(self):
        """What must be kept to go on."""
        return {"velocity": [v.copy() for v in self.velocity]}

    def load_state_dict(self, state):
        """Go on from there."""
        self.velocity = [v.copy() for v in state["velocity"]]


class AdamW:
    """Adam with decoupled weight decay."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.weight_decay = weight_decay
        self.t = 0
        self.m = 0.0
        self.v = 0.0

    def update(self, w, grad):
        """The next parameters."""
        slope = grad
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * slope
        self.v = self.beta2 * self.v + (1 - self.beta2) * slope**2
        m_hat = self.m / (1 - self.beta1**self.t)
        v_hat = self.v / (1 - self.beta2**self.t)
        shrunk = w - self.lr * self.weight_decay * w
        return shrunk - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

    def state_dict(self):
        """What must be kept to go on."""
        return {"t": self.t, "m": self.m, "v": self.v}

    def load_state_dict(self, state):
        """Go on from there."""
        self.t, self.m, self.v = state["t"], state["m"], state["v"]


class Adam:
    """Adam for the arrays of a network, which it changes where they are."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.count = 0
        self.m = None
        self.v = None

    def step(self, params, grads):
        """One step of all."""
        if self.m is None:
            self.m = [np.zeros_like(p) for p in params]
            self.v = [np.zeros_like(p) for p in params]
        self.count += 1
        for p, g, m, v in zip(params, grads, self.m, self.v, strict=True):
            m[...] = self.beta1 * m + (1 - self.beta1) * g
            v[...] = self.beta2 * v + (1 - self.beta2) * g**2
            m_hat = m / (1 - self.beta1**self.count)
            v_hat = v / (1 - self.beta2**self.count)
            p -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
