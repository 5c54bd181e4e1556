import numpy as np


def roc_curve(labels, scores):
    order = np.argsort(-np.asarray(scores, float), kind="stable")
    labels = np.asarray(labels)[order]
    tpr = np.concatenate([[0], np.cumsum(labels == 1) / np.sum(labels == 1)])
    fpr = np.concatenate([[0], np.cumsum(labels != 1) / np.sum(labels != 1)])
    return fpr, tpr


def auc_score(labels, scores):
    """Area under the ROC curve (trapezoid rule). labels are 0/1, scores may be any real numbers."""
    fpr, tpr = roc_curve(labels, scores)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
