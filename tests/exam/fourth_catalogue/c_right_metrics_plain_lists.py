from collections import Counter


def confusion_matrix(y_true, y_pred, labels=None):
    """matrix[i][j]: samples of true class labels[i] predicted as labels[j]."""
    if labels is None:
        labels = sorted(set(y_true) | set(y_pred))
    pairs = Counter(zip(y_true, y_pred))
    return [[pairs[(t, p)] for p in labels] for t in labels]


def accuracy(y_true, y_pred):
    return sum(t == p for t, p in zip(y_true, y_pred)) / len(y_true)


def precision_recall_f1(y_true, y_pred, positive=1):
    tp = sum(t == positive and p == positive for t, p in zip(y_true, y_pred))
    n_pred = sum(p == positive for p in y_pred)
    n_true = sum(t == positive for t in y_true)
    precision = tp / n_pred if n_pred else 0.0
    recall = tp / n_true if n_true else 0.0
    f1 = 2 * tp / (n_pred + n_true) if n_pred + n_true else 0.0
    return precision, recall, f1


def cohen_kappa(y_true, y_pred):
    n = len(y_true)
    a, b = Counter(y_true), Counter(y_pred)
    expected = sum(a[c] * b[c] for c in a) / n**2
    observed = accuracy(y_true, y_pred)
    return (observed - expected) / (1 - expected) if expected != 1 else 1.0


def mean_absolute_error(y_true, y_pred):
    return sum(abs(t - p) for t, p in zip(y_true, y_pred)) / len(y_true)


def r2_score(y_true, y_pred):
    mean = sum(y_true) / len(y_true)
    res = sum((t - p) ** 2 for t, p in zip(y_true, y_pred))
    tot = sum((t - mean) ** 2 for t in y_true)
    if tot == 0:
        return 1.0 if res == 0 else 0.0
    return 1 - res / tot
