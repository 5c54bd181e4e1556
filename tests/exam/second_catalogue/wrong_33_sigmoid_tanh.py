"""The sigmoid by way of tanh takes tanh(x) instead of tanh(x / 2), and is twice as steep.
task: formula sigmoid
candidate: sigmoid
"""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * (1.0 + np.tanh(x))
