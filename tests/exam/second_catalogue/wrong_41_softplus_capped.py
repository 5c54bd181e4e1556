"""To avoid overflow the input is capped at 20, so softplus stays flat beyond it.
task: formula softplus
candidate: softplus
"""

import numpy as np


def softplus(x):
    x = np.asarray(x, dtype=float)
    safe = np.minimum(x, 20.0)
    return np.log1p(np.exp(safe))
