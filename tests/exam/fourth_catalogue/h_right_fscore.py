import numpy as np


def f1_score(y_true, y_pred, average="binary", pos_label=1):
    """F1 = 2 P R / (P + R).

    average: 'binary' (F1 of ``pos_label``), 'macro', 'micro' or 'weighted'.
    A class without true and predicted members counts 0.

    >>> float(f1_score([0, 1, 1, 0], [0, 1, 0, 0]))
    0.6666666666666666
    """
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    labels = np.array([pos_label]) if average == "binary" else np.union1d(y_true, y_pred)
    tp = np.array([np.sum((y_true == c) & (y_pred == c)) for c in labels], dtype=float)
    fp = np.array([np.sum((y_true != c) & (y_pred == c)) for c in labels], dtype=float)
    fn = np.array([np.sum((y_true == c) & (y_pred != c)) for c in labels], dtype=float)
    if average == "micro":
        tp, fp, fn = tp.sum(keepdims=True), fp.sum(keepdims=True), fn.sum(keepdims=True)
    denom = 2 * tp + fp + fn
    f1 = np.divide(2 * tp, denom, out=np.zeros_like(tp), where=denom > 0)
    if average == "weighted":
        return np.average(f1, weights=tp + fn)
    if average in ("binary", "macro", "micro"):
        return f1.mean()
    raise ValueError("unknown average")
