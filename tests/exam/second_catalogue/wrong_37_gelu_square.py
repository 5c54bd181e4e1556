"""The tanh form of GELU has the square of x where the cube belongs.
task: formula gelu
candidate: gelu
"""

import numpy as np


def gelu(x):
    x = np.asarray(x, dtype=float)
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * x**2)
    return 0.5 * x * (1 + np.tanh(inner))
