# ruff: noqa
"""Metrics for binary classifiers. Labels 0/1, 1 is the positive class."""

import numpy as np


def confusion_matrix(y_true, y_pred):
    """rows: truth (0, 1), columns: prediction (0, 1)"""
    y_true = np.asarray(y_true).astype(int)
    y_pred = np.asarray(y_pred).astype(int)
    cm = np.zeros((2, 2), dtype=int)
    np.add.at(cm, (y_true, y_pred), 1)
    return cm


def accuracy(y_true, y_pred):
    return float(np.mean(np.asarray(y_true) == np.asarray(y_pred)))


def precision(y_true, y_pred):
    (tn, fp), (fn, tp) = confusion_matrix(y_true, y_pred)
    return float(tp / (tp + fp)) if tp + fp else 0.0


def recall(y_true, y_pred):
    (tn, fp), (fn, tp) = confusion_matrix(y_true, y_pred)
    return float(tp / (tp + fn)) if tp + fn else 0.0


def f1(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r) if p + r else 0.0


def matthews(y_true, y_pred):
    (tn, fp), (fn, tp) = confusion_matrix(y_true, y_pred).astype(float)
    den = np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    return float((tp * tn - fp * fn) / den) if den else 0.0


def _ranks(scores):
    order = np.argsort(scores, kind="mergesort")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    return ranks


def roc_auc(y_true, scores):
    """Area under the ROC curve = probability that a random positive scores
    higher than a random negative (ties count one half)."""
    y_true = np.asarray(y_true).astype(bool)
    scores = np.asarray(scores, dtype=float)
    n_pos = y_true.sum()
    n_neg = (~y_true).sum()
    if n_pos == 0 or n_neg == 0:
        raise ValueError("AUC needs both classes")
    rank_sum = _ranks(scores)[y_true].sum()
    u = rank_sum - n_pos * (n_pos + 1) / 2
    return float(u / (n_pos * n_neg))


def brier(y_true, prob):
    return float(np.mean((np.asarray(prob, float) - np.asarray(y_true, float)) ** 2))


def log_loss(y_true, prob, eps=1e-15):
    y = np.asarray(y_true, float)
    p = np.clip(np.asarray(prob, float), eps, 1 - eps)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
