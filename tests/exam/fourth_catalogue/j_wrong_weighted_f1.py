import numpy as np


def weighted_f1_score(y_true, y_pred):
    """Support-weighted mean of the per-class F1 scores."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    labels = np.unique(np.concatenate([y_true, y_pred]))
    scores, support = [], []
    for label in labels:
        tp = np.sum((y_pred == label) & (y_true == label))
        predicted = np.sum(y_pred == label)
        actual = np.sum(y_true == label)
        precision = tp / predicted if predicted else 0.0
        recall = tp / actual if actual else 0.0
        f1 = 2 * precision * recall / (precision + recall) if tp else 0.0
        scores.append(f1)
        support.append(predicted)
    return float(np.average(scores, weights=support))
