import numpy as np


def f1_score(y_true, y_pred, pos_label=1):
    """Harmonic mean of precision and recall of the class `pos_label`.

    Returns 0 when there is neither a predicted nor a real positive.
    """
    y_true = np.asarray(y_true).ravel()
    y_pred = np.asarray(y_pred).ravel()
    if y_true.shape != y_pred.shape:
        raise ValueError("y_true and y_pred must have the same length")
    tp = np.sum((y_pred == pos_label) & (y_true == pos_label))
    fp = np.sum((y_pred == pos_label) & (y_true != pos_label))
    fn = np.sum((y_pred != pos_label) & (y_true == pos_label))
    if 2 * tp + fp + fn == 0:
        return 0.0
    return float(2 * tp / (2 * tp + fp + fn))


if __name__ == "__main__":
    print(f1_score([0, 1, 1, 0, 1], [0, 1, 0, 0, 1]))
