import numpy as np


def f1_score(y_true, y_pred, average="macro"):
    """F1 for two or more classes; average is 'macro', 'weighted' or None (one value per sorted label)."""
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    labels = np.union1d(y_true, y_pred)
    f1 = np.zeros(len(labels))
    support = np.zeros(len(labels))
    for i, c in enumerate(labels):
        tp = np.sum((y_true == c) & (y_pred == c))
        fp = np.sum((y_true != c) & (y_pred == c))
        fn = np.sum((y_true == c) & (y_pred != c))
        f1[i] = 2 * tp / (2 * tp + fp + fn)
        support[i] = tp + fn
    if average is None:
        return f1
    if average == "weighted":
        return float(f1 @ support / support.sum())
    return float(f1.mean())
