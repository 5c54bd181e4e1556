import numpy as np


class RMSProp:
    def __init__(self, lr=0.01, rho=0.9, eps=1e-8):
        self.lr, self.rho, self.eps = lr, rho, eps
        self.sq = {}

    def step(self, params, grads):
        """params, grads: dicts with the same keys; returns a new dict."""
        out = {}
        for name, w in params.items():
            g = grads[name]
            s = self.rho * self.sq.get(name, 0.0) + (1 - self.rho) * g * g
            self.sq[name] = s
            out[name] = w - self.lr * g / (np.sqrt(s) + self.eps)
        return out
