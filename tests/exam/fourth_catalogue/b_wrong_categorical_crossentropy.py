import numpy as np


class CategoricalCrossentropy:
    """Mean cross-entropy between one-hot targets and predicted probabilities."""

    def __init__(self, eps=1e-12):
        self.eps = eps

    def __call__(self, y_true, y_pred):
        p = np.clip(y_pred, self.eps, 1.0)
        return float(-np.mean(np.sum(y_true * np.log(p), axis=1)))

    def gradient(self, y_true, y_pred):
        """Gradient of the loss with respect to y_pred."""
        p = np.clip(y_pred, self.eps, 1.0)
        return -(y_true / p) / y_true.size
