# ruff: noqa
import numpy as np


def _ravel(*arrays):
    return [np.asarray(a).ravel() for a in arrays]


def accuracy_score(y_true, y_pred):
    y_true, y_pred = _ravel(y_true, y_pred)
    return np.mean(y_true == y_pred)


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = _ravel(y_true, y_pred)
    return np.mean((y_true - y_pred) ** 2)


def r2_score(y_true, y_pred):
    y_true, y_pred = _ravel(y_true, y_pred)
    return 1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2)


def precision_recall_f1(y_true, y_pred, positive=1):
    y_true, y_pred = _ravel(y_true, y_pred)
    tp = np.sum((y_pred == positive) & (y_true == positive))
    predicted, actual = np.sum(y_pred == positive), np.sum(y_true == positive)
    precision = tp / predicted if predicted else 0.0
    recall = tp / actual if actual else 0.0
    f1 = 2 * tp / (predicted + actual) if predicted + actual else 0.0
    return precision, recall, f1


def confusion_matrix(y_true, y_pred):
    y_true, y_pred = _ravel(y_true, y_pred)
    labels = np.unique(np.concatenate([y_true, y_pred]))
    cm = np.zeros((len(labels), len(labels)), dtype=int)
    np.add.at(cm, (np.searchsorted(labels, y_true), np.searchsorted(labels, y_pred)), 1)
    return cm


def roc_auc_score(y_true, scores):
    """Area under the ROC curve; y_true holds 0 and 1."""
    y_true, scores = _ravel(y_true, scores)
    order = np.argsort(-scores, kind="stable")
    y = y_true[order]
    tpr = np.concatenate([[0], np.cumsum(y) / y.sum()])
    fpr = np.concatenate([[0], np.cumsum(1 - y) / (1 - y).sum()])
    return np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    y = r.integers(0, 2, 50)
    s = y * 0.5 + r.random(50)
    print(roc_auc_score(y, s), precision_recall_f1(y, s > 0.7), confusion_matrix(y, (s > 0.7).astype(int)))
