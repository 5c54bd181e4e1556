import numpy as np


def rankdata(a):
    a = np.asarray(a, dtype=float)
    order = np.argsort(a, kind="mergesort")
    ranks = np.empty(len(a))
    ranks[order] = np.arange(1, len(a) + 1)
    return ranks


def roc_auc(y_true, y_score):
    """Area under the ROC curve by the Mann-Whitney statistic."""
    y_true = np.asarray(y_true).astype(bool)
    n_pos = y_true.sum()
    n_neg = len(y_true) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("both classes are needed")
    ranks = rankdata(y_score)
    u = ranks[y_true].sum() - n_pos * (n_pos + 1) / 2
    return float(u / (n_pos * n_neg))
