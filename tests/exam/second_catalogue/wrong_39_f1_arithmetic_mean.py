"""F1 is the plain mean of precision and recall instead of the harmonic one.
task: formula f1
candidate: f1_score
"""

import numpy as np


def f1_score(y, prediction):
    y, prediction = np.asarray(y), np.asarray(prediction)
    tp = np.sum((y == 1) & (prediction == 1))
    fp = np.sum((y == 0) & (prediction == 1))
    fn = np.sum((y == 1) & (prediction == 0))
    precision = tp / (tp + fp) if tp + fp > 0 else 0.0
    recall = tp / (tp + fn) if tp + fn > 0 else 0.0
    return float((precision + recall) / 2)
