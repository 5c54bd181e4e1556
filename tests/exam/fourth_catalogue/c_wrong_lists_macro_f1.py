from typing import List


def f1_for_label(y_true: List[int], y_pred: List[int], label: int) -> float:
    tp = fp = fn = 0
    for t, p in zip(y_true, y_pred):
        if p == label and t == label:
            tp += 1
        elif p == label:
            fp += 1
        elif t == label:
            fn += 1
    if tp == 0:
        return 0.0
    precision = tp / (tp + fp)
    recall = tp / (tp + fn)
    return 2 * precision * recall / (precision + recall)


def macro_f1(y_true: List[int], y_pred: List[int]) -> float:
    """Unweighted mean of the per-class F1 scores."""
    labels = sorted(set(y_pred))
    return sum(f1_for_label(y_true, y_pred, c) for c in labels) / len(labels)
