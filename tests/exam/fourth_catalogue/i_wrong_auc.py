import numpy as np


def roc_auc_score(y_true, y_score):
    """Area under the ROC curve via the rank-sum (Mann-Whitney) statistic."""
    y_true = np.asarray(y_true).astype(bool)
    y_score = np.asarray(y_score, dtype=float)
    n_pos = y_true.sum()
    n_neg = y_true.size - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("both classes must be present")
    order = np.argsort(y_score, kind="mergesort")
    ranks = np.empty(y_score.size)
    ranks[order] = np.arange(1, y_score.size + 1)
    rank_sum = ranks[y_true].sum()
    return float((rank_sum - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg))
