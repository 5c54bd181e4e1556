import numpy as np


class Adam:
    """Adam for a dict of parameters (Kingma & Ba 2015).

    step(params, grads) updates params[name] in place.
    """

    def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.m = {}
        self.v = {}
        self.iterations = 0

    def step(self, params, grads):
        for name, g in grads.items():
            if name not in self.m:
                self.m[name] = np.zeros_like(g)
                self.v[name] = np.zeros_like(g)
            self.iterations += 1
            self.m[name] = self.beta1 * self.m[name] + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v[name] + (1 - self.beta2) * np.square(g)
            m_hat = self.m[name] / (1 - self.beta1**self.iterations)
            v_hat = self.v[name] / (1 - self.beta2**self.iterations)
            params[name] -= self.lr * m_hat / (np.sqrt(v_hat) + self.epsilon)
