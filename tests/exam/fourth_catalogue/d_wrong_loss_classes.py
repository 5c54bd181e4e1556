import numpy as np


class MSELoss:
    def __call__(self, y_pred, y_true):
        return np.mean((y_pred - y_true) ** 2)

    def gradient(self, y_pred, y_true):
        return 2 * (y_pred - y_true) / y_true.size


class HuberLoss:
    def __init__(self, delta=1.35):
        self.delta = delta

    def __call__(self, y_pred, y_true):
        error = np.abs(y_pred - y_true)
        small = 0.5 * error**2
        large = self.delta * error - 0.5 * self.delta
        return np.mean(np.where(error <= self.delta, small, large))

    def gradient(self, y_pred, y_true):
        return np.clip(y_pred - y_true, -self.delta, self.delta) / y_true.size


class BCELoss:
    def __init__(self, eps=1e-12):
        self.eps = eps

    def __call__(self, y_pred, y_true):
        p = np.clip(y_pred, self.eps, 1 - self.eps)
        return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))

    def gradient(self, y_pred, y_true):
        p = np.clip(y_pred, self.eps, 1 - self.eps)
        return (p - y_true) / (p * (1 - p)) / y_true.size


class SoftmaxCrossEntropy:
    """Takes raw scores (n, k) and integer class labels (n,)."""

    def _probs(self, logits):
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def __call__(self, logits, labels):
        p = self._probs(logits)
        return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-12))

    def gradient(self, logits, labels):
        g = self._probs(logits)
        g[np.arange(len(labels)), labels] -= 1
        return g / len(labels)
