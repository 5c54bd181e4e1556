import numpy as np


def roc_auc(y_true, y_score):
    """Area under the ROC curve: P(score of a positive > score of a negative), ties count one half."""
    y_true = np.asarray(y_true).astype(bool)
    y_score = np.asarray(y_score, float)
    pos = y_score[y_true]
    neg = np.sort(y_score[~y_true])
    if len(pos) == 0 or len(neg) == 0:
        raise ValueError("need both classes")
    below = np.searchsorted(neg, pos, side="left")
    upto = np.searchsorted(neg, pos, side="right")
    return float((below + upto).sum() / (2.0 * len(pos) * len(neg)))
