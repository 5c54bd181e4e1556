import numpy as np


def softmax(z):
    """Softmax of each row of z (a single vector works too)."""
    z = np.asarray(z, dtype=float)
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
