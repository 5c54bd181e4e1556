"""Softmax divides by the sum of the whole array, so for several rows it is the array that sums to one.
task: formula softmax
candidate: softmax
"""

import numpy as np


def softmax(z):
    z = np.asarray(z, dtype=float)
    shifted = z - np.max(z, axis=-1, keepdims=True)
    exps = np.exp(shifted)
    return exps / np.sum(exps)
