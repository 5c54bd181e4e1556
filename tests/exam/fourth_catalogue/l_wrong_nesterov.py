import numpy as np


class NesterovSGD:
    """SGD with Nesterov momentum, in the form where the gradient is taken at the current weights:

    v_prev = v
    v = mu * v - lr * g
    w += -mu * v_prev + (1 + mu) * v
    """

    def __init__(self, lr=0.01, mu=0.9):
        self.lr = lr
        self.mu = mu
        self.velocity = {}

    def update(self, name, w, g):
        """Returns the new value of the weight called `name`."""
        v = self.velocity.setdefault(name, np.zeros_like(w, dtype=float))
        v_prev = v
        v *= self.mu
        v -= self.lr * g
        return w - self.mu * v_prev + (1 + self.mu) * v
