import numpy as np


def r2_score(y_true, y_pred):
    """Coefficient of determination."""
    y_true = np.asarray(y_true, dtype=float).ravel()
    y_pred = np.asarray(y_pred, dtype=float).ravel()
    rss = np.sum((y_true - y_pred) ** 2)
    tss = np.sum((y_true - np.mean(y_pred)) ** 2)
    return 1.0 - rss / tss
