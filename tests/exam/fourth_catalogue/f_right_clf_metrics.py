"""Metrics for classifiers; labels may be of any sortable type."""

import numpy as np


def confusion_matrix(y_true, y_pred, labels=None):
    """Rows are the true classes, columns the predicted ones."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if labels is None:
        labels = np.unique(np.concatenate([y_true, y_pred]))
    return np.array([[np.sum((y_true == a) & (y_pred == b)) for b in labels] for a in labels])


def accuracy_score(y_true, y_pred, sample_weight=None):
    return float(np.average(np.asarray(y_true) == np.asarray(y_pred), weights=sample_weight))


def precision_recall_f1(y_true, y_pred, average="macro"):
    """average: None (per class), 'macro', 'weighted' (by support) or 'micro'."""
    cm = confusion_matrix(y_true, y_pred).astype(float)
    tp, support, predicted = np.diag(cm), cm.sum(axis=1), cm.sum(axis=0)
    if average == "micro":
        tp, support, predicted = tp.sum(keepdims=True), support.sum(keepdims=True), predicted.sum(keepdims=True)

    def ratio(a, b):
        return np.divide(a, b, out=np.zeros_like(a), where=b > 0)

    p, r = ratio(tp, predicted), ratio(tp, support)
    f = ratio(2 * tp, support + predicted)
    if average is None:
        return p, r, f
    if average == "weighted":
        return tuple(float(np.average(v, weights=support)) for v in (p, r, f))
    return tuple(float(v.mean()) for v in (p, r, f))


def f1_score(y_true, y_pred, average="macro"):
    return precision_recall_f1(y_true, y_pred, average)[2]


def log_loss(y_true, proba, eps=1e-15):
    """proba: (n,) probabilities of the larger label or (n, k) in sorted label order."""
    labels, codes = np.unique(y_true, return_inverse=True)
    P = np.asarray(proba, float)
    if P.ndim == 1:
        P = np.column_stack([1 - P, P])
    P = np.clip(P, eps, 1 - eps)
    P = P / P.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(P[np.arange(len(codes)), codes])))


def roc_auc_score(y_true, scores):
    """Probability that a positive outranks a negative, ties counting one half."""
    y, s = np.asarray(y_true), np.asarray(scores, float)
    positive = np.unique(y)[-1]
    pos, neg = s[y == positive], s[y != positive]
    d = pos[:, None] - neg[None, :]
    return float(((d > 0) + 0.5 * (d == 0)).mean())
