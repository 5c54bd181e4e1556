# ruff: noqa
import numpy as np


class Optimizer:
    """``w = opt.update(w, grad)`` returns the new parameter and never writes into its arguments.
    State is created at the first call; one instance per parameter."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.state = None

    def update(self, w, grad):
        w, grad = np.asarray(w, dtype=float), np.asarray(grad, dtype=float)
        return w + self.delta(grad)

    def delta(self, grad):
        raise NotImplementedError


class SGD(Optimizer):
    def delta(self, grad):
        return -self.learning_rate * grad


class Momentum(Optimizer):
    """Velocity form: v <- mu v - lr g ; w <- w + v (nesterov: w <- w + mu v - lr g)."""

    def __init__(self, learning_rate=0.01, mu=0.9, nesterov=False):
        super().__init__(learning_rate)
        self.mu, self.nesterov = mu, nesterov

    def delta(self, grad):
        v = 0.0 if self.state is None else self.state
        self.state = v = self.mu * v - self.learning_rate * grad
        return self.mu * v - self.learning_rate * grad if self.nesterov else v


class RMSprop(Optimizer):
    """No bias correction, accumulator from zero, eps outside the root."""

    def __init__(self, learning_rate=0.01, rho=0.99, eps=1e-8):
        super().__init__(learning_rate)
        self.rho, self.eps = rho, eps

    def delta(self, grad):
        s = 0.0 if self.state is None else self.state
        self.state = s = s + (1 - self.rho) * (grad**2 - s)
        return -self.learning_rate * grad / (np.sqrt(s) + self.eps)


class Adam(Optimizer):
    """Both bias corrections folded into the step size (end of section 2 of the paper);
    eps is rescaled so that the result equals the textbook form."""

    def __init__(self, learning_rate=0.001, b1=0.9, b2=0.999, eps=1e-8):
        super().__init__(learning_rate)
        self.b1, self.b2, self.eps = b1, b2, eps

    def delta(self, grad):
        m, v, c1, c2 = (0.0, 0.0, 1.0, 1.0) if self.state is None else self.state
        m = m + (1 - self.b1) * (grad - m)
        v = v + (1 - self.b2) * (grad**2 - v)
        c1, c2 = c1 * self.b1, c2 * self.b2  # powers b1**t, b2**t
        self.state = (m, v, c1, c2)
        root = np.sqrt(1 - c2)
        return -self.learning_rate * root / (1 - c1) * m / (np.sqrt(v) + self.eps * root)


if __name__ == "__main__":
    for opt in (SGD(0.1), Momentum(0.05), Momentum(0.05, nesterov=True), RMSprop(0.05), Adam(0.1)):
        w = np.array([3.0, -4.0])
        for _ in range(300):
            w = opt.update(w, 2 * w * [1, 5])
        print(type(opt).__name__, w)
