import numpy as np


def roc_curve(y_true, y_score):
    y_true = np.asarray(y_true)
    order = np.argsort(-np.asarray(y_score), kind="mergesort")
    y = y_true[order]
    tps = np.cumsum(y == 1)
    fps = np.cumsum(y != 1)
    tpr = np.concatenate([[0.0], tps / tps[-1]])
    fpr = np.concatenate([[0.0], fps / fps[-1]])
    return fpr, tpr


def roc_auc(y_true, y_score):
    """Area under the ROC curve, labels in {0, 1}."""
    fpr, tpr = roc_curve(y_true, y_score)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
