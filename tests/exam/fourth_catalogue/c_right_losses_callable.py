import numpy as np


class SquaredError:
    """Half the squared distance per sample, averaged over samples."""

    def __call__(self, pred, target):
        return 0.5 * np.sum((pred - target) ** 2) / len(pred)

    def grad(self, pred, target):
        return (pred - target) / len(pred)


class BinaryCrossEntropy:
    """pred: probabilities of shape (n, k); summed over k, averaged over n."""

    eps = 1e-12

    def __call__(self, pred, target):
        p = np.clip(pred, self.eps, 1 - self.eps)
        return -np.sum(target * np.log(p) + (1 - target) * np.log1p(-p)) / len(p)

    def grad(self, pred, target):
        p = np.clip(pred, self.eps, 1 - self.eps)
        return (p - target) / (p * (1 - p)) / len(p)


class Hinge:
    """Targets are -1 or +1, pred are scores of the same shape."""

    def __call__(self, pred, target):
        return np.sum(np.maximum(0, 1 - target * pred)) / len(pred)

    def grad(self, pred, target):
        return np.where(target * pred < 1, -target, 0.0) / len(pred)


class LogCosh:
    def __call__(self, pred, target):
        e = np.abs(pred - target)
        return np.sum(e + np.log1p(np.exp(-2 * e)) - np.log(2)) / len(pred)

    def grad(self, pred, target):
        return np.tanh(pred - target) / len(pred)
