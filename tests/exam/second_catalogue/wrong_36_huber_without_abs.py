"""The Huber loss picks its branch by the signed error, so large negative errors stay squared.
task: formula huber
candidate: huber
"""

import numpy as np


def huber(y, prediction, delta=1.0):
    error = np.asarray(y, dtype=float) - np.asarray(prediction, dtype=float)
    quadratic = 0.5 * error**2
    linear = delta * (np.abs(error) - 0.5 * delta)
    return float(np.mean(np.where(error <= delta, quadratic, linear)))
