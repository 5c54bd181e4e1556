import numpy as np


def huber_loss(y_true, y_pred, delta=1.0):
    r = np.abs(np.asarray(y_true, float) - np.asarray(y_pred, float))
    q = np.minimum(r, delta)
    return np.mean(0.5 * q**2 + delta * (r - q))
