import numpy as np
from scipy.special import erf

_C = np.sqrt(2.0 / np.pi)


def gelu(x, approximate=False):
    x = np.asarray(x, dtype=float)
    if approximate:
        return 0.5 * x * (1.0 + np.tanh(_C * (x + 0.044715 * x**3)))
    return 0.5 * x * (1.0 + erf(x / np.sqrt(2.0)))


def gelu_grad(x, approximate=False):
    x = np.asarray(x, dtype=float)
    if approximate:
        t = np.tanh(_C * (x + 0.044715 * x**3))
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * _C * (1 + 3 * 0.044715 * x**2)
    cdf = 0.5 * (1.0 + erf(x / np.sqrt(2.0)))
    pdf = np.exp(-0.5 * x * x) / np.sqrt(2.0 * np.pi)
    return cdf + x * pdf
