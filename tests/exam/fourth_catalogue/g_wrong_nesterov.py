import numpy as np


class NesterovMomentum:
    """Nesterov accelerated gradient, in the form

    v_prev = v
    v = mu * v - lr * g
    w = w - mu * v_prev + (1 + mu) * v
    """

    def __init__(self, lr=0.01, mu=0.9):
        self.lr = lr
        self.mu = mu
        self.v = None

    def step(self, w, g):
        if self.v is None:
            self.v = np.zeros_like(w, dtype=float)
        v_prev = self.v
        self.v *= self.mu
        self.v -= self.lr * g
        return w - self.mu * v_prev + (1 + self.mu) * self.v


if __name__ == "__main__":
    w = np.array([3.0, -2.0])
    opt = NesterovMomentum()
    for _ in range(200):
        w = opt.step(w, w * np.array([1.0, 5.0]))
    print(w)
