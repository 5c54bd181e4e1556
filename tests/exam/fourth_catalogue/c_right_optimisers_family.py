import numpy as np


class _Optimiser:
    def __init__(self, params, lr):
        self.params = list(params)
        self.lr = lr
        self.t = 0

    def step(self, grads):
        self.t += 1
        for i, (p, g) in enumerate(zip(self.params, grads)):
            p -= self._delta(i, p, g)

    def _zeros(self):
        return [np.zeros_like(p) for p in self.params]


class Nesterov(_Optimiser):
    def __init__(self, params, lr=0.01, momentum=0.9):
        super().__init__(params, lr)
        self.mu, self.buf = momentum, self._zeros()

    def _delta(self, i, p, g):
        self.buf[i] = self.mu * self.buf[i] + g
        return self.lr * (g + self.mu * self.buf[i])


class RMSprop(_Optimiser):
    def __init__(self, params, lr=0.01, rho=0.99, eps=1e-8):
        super().__init__(params, lr)
        self.rho, self.eps, self.sq = rho, eps, self._zeros()

    def _delta(self, i, p, g):
        self.sq[i] += (1 - self.rho) * (g * g - self.sq[i])
        return self.lr * g / (np.sqrt(self.sq[i]) + self.eps)


class AdamW(_Optimiser):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        super().__init__(params, lr)
        self.b1, self.b2 = betas
        self.eps, self.wd = eps, weight_decay
        self.m, self.v = self._zeros(), self._zeros()

    def _delta(self, i, p, g):
        self.m[i] += (1 - self.b1) * (g - self.m[i])
        self.v[i] += (1 - self.b2) * (g * g - self.v[i])
        m = self.m[i] / (1 - self.b1**self.t)
        v = self.v[i] / (1 - self.b2**self.t)
        return self.lr * (m / (np.sqrt(v) + self.eps) + self.wd * p)
