from abc import ABC, abstractmethod

import numpy as np


class Loss(ABC):
    @abstractmethod
    def __call__(self, y_pred, y_true): ...

    @abstractmethod
    def gradient(self, y_pred, y_true):
        """d loss / d y_pred"""


class MSELoss(Loss):
    def __call__(self, y_pred, y_true):
        return np.mean((y_pred - y_true) ** 2)

    def gradient(self, y_pred, y_true):
        return 2 * (y_pred - y_true) / y_pred.size


class MAELoss(Loss):
    def __call__(self, y_pred, y_true):
        return np.mean(np.abs(y_pred - y_true))

    def gradient(self, y_pred, y_true):
        return np.sign(y_pred - y_true) / y_pred.size


class HuberLoss(Loss):
    def __init__(self, delta=1.0):
        self.delta = delta

    def __call__(self, y_pred, y_true):
        e = np.abs(y_pred - y_true)
        quadratic = 0.5 * e**2
        linear = self.delta * e - 0.5 * self.delta
        return np.mean(np.where(e <= self.delta, quadratic, linear))

    def gradient(self, y_pred, y_true):
        return np.clip(y_pred - y_true, -self.delta, self.delta) / y_pred.size
