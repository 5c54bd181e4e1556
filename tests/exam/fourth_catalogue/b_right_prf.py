import numpy as np


def precision_recall_f1(y_true, y_pred, average="macro", zero_division=0.0):
    """Per-class precision, recall and F1 over the labels found in y_true or y_pred.

    average: None (arrays), "macro", or "weighted" (by the counts in y_true).
    """
    y_true, y_pred = np.ravel(y_true), np.ravel(y_pred)
    labels = np.unique(np.concatenate([y_true, y_pred]))
    P, R, F, S = [], [], [], []
    for c in labels:
        t, q = y_true == c, y_pred == c
        tp, fp, fn = int(np.sum(t & q)), int(np.sum(~t & q)), int(np.sum(t & ~q))
        P.append(tp / (tp + fp) if tp + fp else zero_division)
        R.append(tp / (tp + fn) if tp + fn else zero_division)
        F.append(2 * tp / (2 * tp + fp + fn))
        S.append(tp + fn)
    P, R, F = np.array(P), np.array(R), np.array(F)
    if average is None:
        return P, R, F
    w = None if average == "macro" else np.array(S)
    return tuple(float(np.average(a, weights=w)) for a in (P, R, F))
