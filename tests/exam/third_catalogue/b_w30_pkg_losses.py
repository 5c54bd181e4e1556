# ruff: noqa
import numpy as np


class Loss:
    """loss(y, p): mean over the samples; gradient(y, p): its derivative with respect to p."""

    def __call__(self, y, p):
        return self.loss(y, p)


class SquareLoss(Loss):
    def loss(self, y, p):
        return 0.5 * np.mean((y - p) ** 2)

    def gradient(self, y, p):
        return -(y - p) / np.size(p)


class AbsoluteLoss(Loss):
    def loss(self, y, p):
        return np.mean(np.abs(y - p))

    def gradient(self, y, p):
        return np.sign(p - y) / np.size(p)


class Huber(Loss):
    """Quadratic for residuals up to delta, linear beyond."""

    def __init__(self, delta=1.0):
        self.delta = delta

    def loss(self, y, p):
        r = np.abs(y - p)
        return np.mean(np.where(r <= self.delta, 0.5 * r**2, self.delta * r - 0.5 * self.delta))

    def gradient(self, y, p):
        return np.clip(p - y, -self.delta, self.delta) / np.size(p)


class Hinge(Loss):
    """y in {-1, 1}"""

    def loss(self, y, p):
        return np.mean(np.maximum(0, 1 - y * p))

    def gradient(self, y, p):
        return np.where(y * p < 1, -y, 0.0) / np.size(p)


class CrossEntropy(Loss):
    """Binary cross-entropy on probabilities."""

    def __init__(self, eps=1e-12):
        self.eps = eps

    def loss(self, y, p):
        p = np.clip(np.asarray(p, dtype=float), self.eps, 1 - self.eps)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def gradient(self, y, p):
        p = np.clip(np.asarray(p, dtype=float), self.eps, 1 - self.eps)
        return (p - y) / (p * (1 - p)) / np.size(p)


if __name__ == "__main__":
    y, p = np.array([1.0, 0, 1, 0]), np.array([0.9, 0.2, 0.6, 0.4])
    for L in (SquareLoss(), AbsoluteLoss(), Huber(), CrossEntropy()):
        h = 1e-6
        num = [(L(y, p + h * e) - L(y, p - h * e)) / (2 * h) for e in np.eye(4)]
        print(type(L).__name__, L(y, p), np.abs(num - L.gradient(y, p)).max())
