import numpy as np


def _average_ranks(s):
    _, inv, counts = np.unique(s, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2.0)[inv]


def roc_auc(y_true, scores, pos_label=1):
    """Mann-Whitney form of the ROC AUC; a tie counts one half."""
    pos = np.asarray(y_true).ravel() == pos_label
    n1 = int(pos.sum())
    n0 = pos.size - n1
    if n1 == 0 or n0 == 0:
        raise ValueError("both classes are needed")
    r = _average_ranks(np.asarray(scores, dtype=float).ravel())
    return float((r[pos].sum() - n1 * (n1 + 1) / 2.0) / (n1 * n0))
