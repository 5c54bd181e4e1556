import numpy as np


def roc_auc_score(y_true, y_score):
    """
    Area under the ROC curve from the Mann-Whitney U statistic.

    y_true : 0/1 labels
    y_score : higher means more likely 1
    """
    y_true = np.asarray(y_true).astype(bool)
    y_score = np.asarray(y_score, dtype=float)
    n_pos = y_true.sum()
    n_neg = len(y_true) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("need both classes")
    order = np.argsort(y_score, kind="mergesort")
    ranks = np.empty(len(y_score))
    ranks[order] = np.arange(1, len(y_score) + 1)
    u = ranks[y_true].sum() - n_pos * (n_pos + 1) / 2
    return u / (n_pos * n_neg)


if __name__ == "__main__":
    print(roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))
