import numpy as np


def r2_score(y_true, y_pred):
    """1 - RSS / TSS. When y_true is constant the score is undefined and nan is returned."""
    y_true = np.asarray(y_true, dtype=float).reshape(-1)
    y_pred = np.asarray(y_pred, dtype=float).reshape(-1)
    if y_true.shape != y_pred.shape:
        raise ValueError("lengths differ")
    tss = np.sum((y_true - y_true.mean()) ** 2)
    if np.all(y_true == y_true[0]):
        return float("nan")
    return float(1.0 - np.sum((y_true - y_pred) ** 2) / tss)
