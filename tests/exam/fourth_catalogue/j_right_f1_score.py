import numpy as np


def f1_score(y_true, y_pred):
    """F1 score for binary labels (1 is the positive class)."""
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    tp = np.sum((y_true == 1) & (y_pred == 1))
    fp = np.sum((y_true == 0) & (y_pred == 1))
    fn = np.sum((y_true == 1) & (y_pred == 0))
    if tp == 0:
        return 0.0
    precision = tp / (tp + fp)
    recall = tp / (tp + fn)
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    print(f1_score([1, 0, 1, 1, 0, 1], [1, 0, 0, 1, 1, 1]))
