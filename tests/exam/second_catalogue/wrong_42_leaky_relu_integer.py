"""The result takes the type of the input, so whole-number inputs lose their leak to truncation.
task: formula leaky_relu
candidate: leaky_relu
"""

import numpy as np


def leaky_relu(x, alpha=0.01):
    x = np.atleast_1d(np.asarray(x))
    out = np.zeros_like(x)
    positive = x > 0
    out[positive] = x[positive]
    out[~positive] = alpha * x[~positive]
    return out
