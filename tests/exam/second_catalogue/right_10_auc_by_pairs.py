"""The AUC as the share of pairs of a positive and a negative in the right order, a tie counting half.
task: formula auc
candidate: area_under_curve
"""

import numpy as np


def area_under_curve(y, prediction):
    y = np.asarray(y).ravel()
    scores = np.asarray(prediction, dtype=float).ravel()
    positives = scores[y == 1]
    negatives = scores[y != 1]
    difference = positives[:, np.newaxis] - negatives[np.newaxis, :]
    return float(((difference > 0) + 0.5 * (difference == 0)).mean())
