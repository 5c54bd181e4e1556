import numpy as np


class SGD:
    """v = momentum * v - lr * g;  w += v   (or w += momentum * v - lr * g with nesterov)."""

    def __init__(self, lr=0.01, momentum=0.0, nesterov=False):
        if nesterov and momentum <= 0:
            raise ValueError("nesterov needs a momentum")
        self.lr, self.momentum, self.nesterov = lr, momentum, nesterov
        self._v = {}

    def step(self, params, grads):
        """Update the arrays of the list `params` in place."""
        for i, (w, g) in enumerate(zip(params, grads)):
            v = self._v.get(i)
            v = -self.lr * g if v is None else self.momentum * v - self.lr * g
            self._v[i] = v
            w += self.momentum * v - self.lr * g if self.nesterov else v
