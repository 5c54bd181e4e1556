import numpy as np


class Nesterov:
    """Nesterov accelerated gradient in the reformulation where the gradient is
    evaluated at the stored (already looked-ahead) weights:

        v_t = mu * v_{t-1} - lr * g
        w_t = w_{t-1} - mu * v_{t-1} + (1 + mu) * v_t
    """

    def __init__(self, lr=0.01, mu=0.9):
        self.lr, self.mu = lr, mu
        self.v = None

    def update(self, w, g):
        if self.v is None:
            self.v = np.zeros_like(w, dtype=float)
        v_prev = self.v
        self.v *= self.mu
        self.v -= self.lr * g
        return w - self.mu * v_prev + (1 + self.mu) * self.v
