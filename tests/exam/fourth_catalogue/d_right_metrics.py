import numpy as np


def accuracy_score(y_true, y_pred):
    return np.mean(np.asarray(y_true) == np.asarray(y_pred))


def confusion_matrix(y_true, y_pred):
    """Rows are true classes, columns are predicted classes (sorted labels)."""
    labels = np.unique(np.concatenate([y_true, y_pred]))
    index = {label: i for i, label in enumerate(labels)}
    cm = np.zeros((len(labels), len(labels)), dtype=int)
    for t, p in zip(y_true, y_pred):
        cm[index[t], index[p]] += 1
    return cm


def precision_score(y_true, y_pred, positive=1):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    tp = np.sum((y_pred == positive) & (y_true == positive))
    fp = np.sum((y_pred == positive) & (y_true != positive))
    return tp / (tp + fp) if tp + fp > 0 else 0.0


def recall_score(y_true, y_pred, positive=1):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    tp = np.sum((y_pred == positive) & (y_true == positive))
    fn = np.sum((y_pred != positive) & (y_true == positive))
    return tp / (tp + fn) if tp + fn > 0 else 0.0


def f1_score(y_true, y_pred, positive=1):
    p = precision_score(y_true, y_pred, positive)
    r = recall_score(y_true, y_pred, positive)
    return 2 * p * r / (p + r) if p + r > 0 else 0.0


def roc_curve(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score)
    order = np.argsort(-y_score, kind="stable")
    y_sorted, s_sorted = y_true[order], y_score[order]
    # keep one point per distinct score
    last = np.r_[np.where(np.diff(s_sorted) != 0)[0], len(s_sorted) - 1]
    tps = np.cumsum(y_sorted == 1)[last]
    fps = np.cumsum(y_sorted != 1)[last]
    tpr = np.r_[0, tps / tps[-1]]
    fpr = np.r_[0, fps / fps[-1]]
    return fpr, tpr


def roc_auc_score(y_true, y_score):
    fpr, tpr = roc_curve(y_true, y_score)
    return np.sum((fpr[1:] - fpr[:-1]) * (tpr[1:] + tpr[:-1]) / 2)


def r2_score(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, float), np.asarray(y_pred, float)
    return 1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2)
