import numpy as np


def _counts(y_true, y_pred, pos_label=1):
    y_true = np.asarray(y_true).ravel()
    y_pred = np.asarray(y_pred).ravel()
    tp = np.sum((y_true == pos_label) & (y_pred == pos_label))
    fp = np.sum((y_true == pos_label) & (y_pred != pos_label))
    fn = np.sum((y_true != pos_label) & (y_pred == pos_label))
    return tp, fp, fn


def precision(y_true, y_pred, pos_label=1):
    tp, fp, _ = _counts(y_true, y_pred, pos_label)
    return tp / (tp + fp) if tp + fp > 0 else 0.0


def recall(y_true, y_pred, pos_label=1):
    tp, _, fn = _counts(y_true, y_pred, pos_label)
    return tp / (tp + fn) if tp + fn > 0 else 0.0


def f1(y_true, y_pred, pos_label=1):
    p = precision(y_true, y_pred, pos_label)
    r = recall(y_true, y_pred, pos_label)
    return 2 * p * r / (p + r) if p + r > 0 else 0.0
