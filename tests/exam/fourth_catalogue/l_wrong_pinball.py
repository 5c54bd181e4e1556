import numpy as np


def pinball_loss(y_true, y_pred, q=0.5):
    """Mean quantile (pinball) loss; its minimiser over constants is the q-quantile of y_true."""
    e = np.asarray(y_pred, dtype=float) - np.asarray(y_true, dtype=float)
    return np.mean(np.maximum(q * e, (q - 1) * e))
