import numpy as np


class SGD:
    """v = momentum * v + g ; w -= lr * v   (with nesterov: w -= lr * (g + momentum * v))"""

    def __init__(self, lr=0.01, momentum=0.0, nesterov=False, weight_decay=0.0):
        self.lr, self.momentum, self.nesterov, self.weight_decay = lr, momentum, nesterov, weight_decay
        self.v = {}

    def update(self, params, grads):
        for k, w in params.items():
            g = grads[k] + self.weight_decay * w
            v = self.momentum * self.v.get(k, 0.0) + g
            self.v[k] = v
            w -= self.lr * (g + self.momentum * v if self.nesterov else v)


class RMSProp:
    def __init__(self, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = {}

    def update(self, params, grads):
        for k, w in params.items():
            g = grads[k]
            self.s[k] = self.alpha * self.s.get(k, 0.0) + (1 - self.alpha) * g**2
            w -= self.lr * g / (np.sqrt(self.s[k]) + self.eps)


class AdamW:
    """Adam; weight_decay is applied to the weights and not to the gradient."""

    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, amsgrad=False):
        self.lr, self.betas, self.eps, self.weight_decay, self.amsgrad = lr, betas, eps, weight_decay, amsgrad
        self.t = 0
        self.m, self.v, self.top = {}, {}, {}

    def update(self, params, grads):
        self.t += 1
        b1, b2 = self.betas
        for k, w in params.items():
            g = grads[k]
            m = self.m[k] = b1 * self.m.get(k, 0.0) + (1 - b1) * g
            v = self.v[k] = b2 * self.v.get(k, 0.0) + (1 - b2) * g * g
            if self.amsgrad:
                v = self.top[k] = np.maximum(self.top.get(k, 0.0), v)
            w *= 1 - self.lr * self.weight_decay
            w -= self.lr * (m / (1 - b1**self.t)) / (np.sqrt(v / (1 - b2**self.t)) + self.eps)
