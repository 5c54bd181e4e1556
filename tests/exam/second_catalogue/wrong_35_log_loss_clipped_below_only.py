"""Probabilities are kept away from 0 but not from 1, so a sure and right 1 gives 0 times minus infinity.
task: formula log_loss
candidate: binary_cross_entropy
"""

import numpy as np


def binary_cross_entropy(y, prediction):
    y = np.asarray(y, dtype=float)
    p = np.maximum(np.asarray(prediction, dtype=float), 1e-15)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
