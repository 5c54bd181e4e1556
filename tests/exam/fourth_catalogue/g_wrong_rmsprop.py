import numpy as np


class RMSprop:
    def __init__(self, learning_rate=0.01, rho=0.9, eps=1e-8):
        self.learning_rate = learning_rate
        self.rho = rho
        self.eps = eps
        self._avg = {}

    def apply(self, params, grads):
        """Update the arrays of the list params in place with the gradients of the list grads."""
        for p, g in zip(params, grads):
            key = p.shape
            if key not in self._avg:
                self._avg[key] = np.zeros(p.shape)
            self._avg[key] = self.rho * self._avg[key] + (1 - self.rho) * g**2
            p -= self.learning_rate * g / (np.sqrt(self._avg[key]) + self.eps)
