import numpy as np


def f1_score(y_true, y_pred):
    """F1 of the positive class (1); 0.0 where it is undefined."""
    y_true = np.asarray(y_true).ravel()
    y_pred = np.asarray(y_pred).ravel()
    tp = np.sum((y_true == 1) & (y_pred == 1))
    fp = np.sum((y_true != 1) & (y_pred == 1))
    fn = np.sum((y_true == 1) & (y_pred != 1))
    denom = 2 * tp + fp + fn
    return float(2 * tp / denom) if denom > 0 else 0.0


if __name__ == "__main__":
    print(f1_score([1, 0, 1, 1, 0], [1, 1, 1, 0, 0]))
