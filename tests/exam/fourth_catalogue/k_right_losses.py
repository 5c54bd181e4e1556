import numpy as np


class Loss:
    """All losses are means over every element of y; `gradient` is with respect to y_pred."""

    def __call__(self, y_true, y_pred):
        return self.loss(y_true, y_pred)

    def loss(self, y_true, y_pred):
        raise NotImplementedError

    def gradient(self, y_true, y_pred):
        raise NotImplementedError


class MeanSquaredError(Loss):
    def loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def gradient(self, y_true, y_pred):
        return 2 * (y_pred - y_true) / y_true.size


class MeanAbsoluteError(Loss):
    def loss(self, y_true, y_pred):
        return np.mean(np.abs(y_true - y_pred))

    def gradient(self, y_true, y_pred):
        return np.sign(y_pred - y_true) / y_true.size


class Huber(Loss):
    def __init__(self, delta=1.0):
        self.delta = delta

    def loss(self, y_true, y_pred):
        r = np.abs(y_true - y_pred)
        return np.mean(np.where(r <= self.delta, 0.5 * r**2, self.delta * (r - 0.5 * self.delta)))

    def gradient(self, y_true, y_pred):
        return np.clip(y_pred - y_true, -self.delta, self.delta) / y_true.size


class BinaryCrossEntropy(Loss):
    eps = 1e-12

    def loss(self, y_true, y_pred):
        p = np.clip(y_pred, self.eps, 1 - self.eps)
        return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))

    def gradient(self, y_true, y_pred):
        p = np.clip(y_pred, self.eps, 1 - self.eps)
        return (p - y_true) / (p * (1 - p)) / y_true.size
