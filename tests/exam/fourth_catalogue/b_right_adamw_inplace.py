import numpy as np


class AdamW:
    """Decoupled weight decay: w <- w - lr * weight_decay * w before the Adam step."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        self.params = params
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.exp_avg = [np.zeros_like(p) for p in params]
        self.exp_avg_sq = [np.zeros_like(p) for p in params]
        self.steps = 0

    def step(self, grads):
        self.steps += 1
        b1, b2 = self.betas
        c1 = 1 - b1**self.steps
        c2 = 1 - b2**self.steps
        for p, g, m, s in zip(self.params, grads, self.exp_avg, self.exp_avg_sq):
            p *= 1 - self.lr * self.weight_decay
            m *= b1
            m += (1 - b1) * g
            s *= b2
            s += (1 - b2) * g * g
            p -= self.lr / c1 * m / (np.sqrt(s) / np.sqrt(c2) + self.eps)
