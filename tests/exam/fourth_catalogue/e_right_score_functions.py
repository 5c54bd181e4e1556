import numpy as np


def confusion(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    labels = np.unique(np.concatenate([y_true, y_pred]))
    pos = {c: i for i, c in enumerate(labels.tolist())}
    table = np.zeros((len(labels), len(labels)), dtype=int)
    for t, p in zip(y_true.tolist(), y_pred.tolist()):
        table[pos[t], pos[p]] += 1
    return labels, table


def _safe_div(a, b):
    return np.divide(a, b, out=np.zeros(len(a)), where=b != 0)


def precision_recall_f1(y_true, y_pred, average="macro"):
    """average: "macro", "weighted", "micro" or None. Undefined ratios count as 0."""
    _, cm = confusion(y_true, y_pred)
    tp = np.diag(cm).astype(float)
    predicted = cm.sum(axis=0).astype(float)
    actual = cm.sum(axis=1).astype(float)
    if average == "micro":
        tp, predicted, actual = (np.array([v.sum()]) for v in (tp, predicted, actual))
    p = _safe_div(tp, predicted)
    r = _safe_div(tp, actual)
    f = _safe_div(2 * tp, predicted + actual)
    if average is None:
        return p, r, f
    weights = actual if average == "weighted" else None
    return tuple(float(np.average(v, weights=weights)) for v in (p, r, f))


def accuracy(y_true, y_pred):
    return float(np.mean(np.asarray(y_true) == np.asarray(y_pred)))
