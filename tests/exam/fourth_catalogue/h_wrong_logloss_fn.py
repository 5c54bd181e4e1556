import numpy as np


def log_loss(y_true, y_prob, eps=1e-15):
    """Mean binary cross-entropy.

    y_true : array of 0 and 1
    y_prob : array of predicted probabilities of class 1 (any float type),
             clipped to [eps, 1 - eps] so that the result is always finite
    """
    y_true = np.asarray(y_true)
    y_prob = np.asarray(y_prob)
    if y_true.shape != y_prob.shape:
        raise ValueError("y_true and y_prob differ in shape")
    y_prob = np.clip(y_prob, eps, 1 - eps)
    return -np.mean(y_true * np.log(y_prob) + (1 - y_true) * np.log(1 - y_prob))
