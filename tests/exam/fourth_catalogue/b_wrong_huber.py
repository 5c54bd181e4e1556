import numpy as np


def huber_loss(y_true, y_pred, delta=1.0):
    """Mean Huber loss: quadratic for |error| <= delta, linear beyond."""
    err = np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float)
    abs_err = np.abs(err)
    small = abs_err <= delta
    squared = 0.5 * err**2
    linear = delta * abs_err - 0.5 * delta
    return float(np.mean(np.where(small, squared, linear)))
