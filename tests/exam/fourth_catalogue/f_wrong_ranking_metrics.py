"""Threshold metrics for binary classifiers."""

import numpy as np


def _check(y_true, y_score):
    y_true = np.asarray(y_true).ravel()
    y_score = np.asarray(y_score, dtype=float).ravel()
    if y_true.shape != y_score.shape:
        raise ValueError("y_true and y_score differ in length")
    if len(np.unique(y_true)) != 2:
        raise ValueError("need both classes in y_true")
    return (y_true == np.unique(y_true)[-1]).astype(int), y_score


def roc_curve(y_true, y_score):
    """Return fpr, tpr and the thresholds, from the highest score down."""
    y, s = _check(y_true, y_score)
    order = np.argsort(-s, kind="mergesort")
    y, s = y[order], s[order]
    tps = np.cumsum(y)
    fps = np.cumsum(1 - y)
    tpr = np.r_[0.0, tps / tps[-1]]
    fpr = np.r_[0.0, fps / fps[-1]]
    return fpr, tpr, np.r_[np.inf, s]


def roc_auc_score(y_true, y_score):
    """Area under the ROC curve by the trapezoidal rule."""
    fpr, tpr, _ = roc_curve(y_true, y_score)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2.0))


def gini(y_true, y_score):
    return 2.0 * roc_auc_score(y_true, y_score) - 1.0


if __name__ == "__main__":
    y = np.array([0, 0, 1, 1])
    print(roc_auc_score(y, [0.1, 0.4, 0.35, 0.8]))
