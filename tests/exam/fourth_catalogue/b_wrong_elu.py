import numpy as np


def elu(x, alpha=1.0):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x, alpha=1.0):
    """d elu / dx, as a function of the pre-activation x."""
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, 1.0, elu(x, alpha) + 1.0)
