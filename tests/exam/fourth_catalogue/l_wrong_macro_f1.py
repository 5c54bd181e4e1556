import numpy as np


def macro_f1(y_true, y_pred):
    """Unweighted mean of the per-class F1 scores."""
    y_true = np.array(y_true)
    y_pred = np.array(y_pred)
    scores = []
    for label in set(y_pred.tolist()):
        tp = ((y_pred == label) & (y_true == label)).sum()
        predicted = (y_pred == label).sum()
        actual = (y_true == label).sum()
        precision = tp / predicted if predicted else 0.0
        recall = tp / actual if actual else 0.0
        if precision + recall == 0:
            scores.append(0.0)
        else:
            scores.append(2 * precision * recall / (precision + recall))
    return float(np.mean(scores))
