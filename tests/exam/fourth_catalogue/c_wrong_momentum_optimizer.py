import numpy as np


class Optimizer:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self, grads):
        raise NotImplementedError


class SGD(Optimizer):
    """Stochastic gradient descent with classical momentum.

    params and grads are dicts of arrays with the same keys; params are
    updated in place.
    """

    def __init__(self, params, lr=0.01, momentum=0.0):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {k: np.zeros_like(p) for k, p in params.items()}

    def step(self, grads):
        for k, g in grads.items():
            self.velocity[k] = self.momentum * self.velocity[k] + self.lr * g
            self.params[k] -= self.lr * self.velocity[k]
