"""The ranks behind the AUC come from argsort alone, so tied scores are ranked by their place in the list.
task: formula auc
candidate: roc_auc
"""

import numpy as np


def roc_auc(y, prediction):
    y = np.asarray(y)
    scores = np.asarray(prediction, dtype=float)
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    n_pos = np.sum(y == 1)
    n_neg = len(y) - n_pos
    u = ranks[y == 1].sum() - n_pos * (n_pos + 1) / 2
    return float(u / (n_pos * n_neg))
