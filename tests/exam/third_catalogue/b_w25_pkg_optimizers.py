# ruff: noqa
import numpy as np


class Optimizer:
    """Call ``w = opt.update(w, grad)``; one instance per parameter."""

    def update(self, w, grad):
        raise NotImplementedError


class SGD(Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.0):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def update(self, w, grad):
        if self.v is None:
            self.v = np.zeros_like(grad, dtype=float)
        self.v = self.momentum * self.v + grad
        return w - self.learning_rate * self.v


class RMSprop(Optimizer):
    def __init__(self, learning_rate=0.01, rho=0.9, eps=1e-8):
        self.learning_rate = learning_rate
        self.rho = rho
        self.eps = eps
        self.Eg = None

    def update(self, w, grad):
        if self.Eg is None:
            self.Eg = np.zeros_like(grad, dtype=float)
        self.Eg = self.rho * self.Eg + (1 - self.rho) * np.square(grad)
        return w - self.learning_rate * grad / (np.sqrt(self.Eg) + self.eps)


class Adam(Optimizer):
    def __init__(self, learning_rate=0.001, b1=0.9, b2=0.999, eps=1e-8):
        self.learning_rate = learning_rate
        self.b1 = b1
        self.b2 = b2
        self.eps = eps
        self.m = None
        self.v = None
        self.t = 0

    def update(self, w, grad):
        if self.m is None:
            self.m = np.zeros_like(grad, dtype=float)
            self.v = np.zeros_like(grad, dtype=float)
        self.t += 1
        self.m = self.b1 * self.m + (1 - self.b1) * grad
        self.v = self.b2 * self.v + (1 - self.b2) * np.square(grad)
        m_hat = self.m / (1 - self.b1**self.t)
        v_hat = self.v / (1 - self.b1**self.t)
        return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.eps)


if __name__ == "__main__":
    for opt in (SGD(0.1), SGD(0.05, 0.9), RMSprop(0.05), Adam(0.1)):
        w = np.array([3.0, -4.0])
        for _ in range(300):
            w = opt.update(w, 2 * w * [1, 5])
        print(type(opt).__name__, w)
