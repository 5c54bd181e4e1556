"""The specificity in balanced accuracy is divided by the predicted negatives instead of the actual ones.
task: formula balanced_accuracy
candidate: balanced_accuracy
"""

import numpy as np


def balanced_accuracy(y, prediction):
    y = np.asarray(y)
    prediction = np.asarray(prediction)
    tp = np.sum((y == 1) & (prediction == 1))
    tn = np.sum((y == 0) & (prediction == 0))
    fn = np.sum((y == 1) & (prediction == 0))
    sensitivity = tp / (tp + fn) if tp + fn else 0.0
    specificity = tn / (tn + fn) if tn + fn else 0.0
    return float((sensitivity + specificity) / 2)
