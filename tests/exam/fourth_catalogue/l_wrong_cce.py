import numpy as np


def categorical_cross_entropy(y_true, y_pred, eps=1e-15):
    """Average cross-entropy per sample.

    y_true: (n, k) one-hot rows
    y_pred: (n, k) probabilities
    """
    y_pred = np.clip(y_pred, eps, 1 - eps)
    return -np.mean(y_true * np.log(y_pred))
