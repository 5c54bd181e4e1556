import numpy as np


class SGD:
    """Gradient descent with momentum and inverse-time decay.

        lr_t = lr / (1 + decay * t)
        v    = momentum * v - lr_t * grad
        w    = w + v

    t counts the calls of update, starting from 0.
    """

    def __init__(self, lr=0.1, momentum=0.0, decay=0.01):
        self.lr = lr
        self.momentum = momentum
        self.decay = decay
        self.iterations = 0
        self.v = None

    def update(self, w, grad):
        if self.v is None:
            self.v = np.zeros_like(w, dtype=float)
        if self.decay:
            self.lr = self.lr * (1.0 / (1.0 + self.decay * self.iterations))
        self.v = self.momentum * self.v - self.lr * grad
        self.iterations += 1
        return w + self.v
