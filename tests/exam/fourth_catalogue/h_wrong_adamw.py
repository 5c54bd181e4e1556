import numpy as np


class AdamW:
    """Adam with decoupled weight decay (Loshchilov & Hutter 2019).

    ``params`` is a list of float arrays, changed in place by ``step(grads)``.
    """

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.params = list(params)
        self.lr = lr
        self.b1, self.b2 = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.exp_avg = [np.zeros_like(p) for p in self.params]
        self.exp_avg_sq = [np.zeros_like(p) for p in self.params]
        self.step_count = 0

    def step(self, grads):
        self.step_count += 1
        bc1 = 1 - self.b1**self.step_count
        bc2 = 1 - self.b2**self.step_count
        for p, g, m, v in zip(self.params, grads, self.exp_avg, self.exp_avg_sq):
            m[...] = self.b1 * m + (1 - self.b1) * g
            v[...] = self.b2 * v + (1 - self.b2) * g * g
            update = (m / bc1 + self.weight_decay * p) / (np.sqrt(v / bc2) + self.eps)
            p -= self.lr * update
