import numpy as np


def accuracy_in_batches(y_true, y_pred, batch_size=32):
    """Share of correct predictions, computed chunk by chunk to save memory."""
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if y_pred.ndim == 2:
        y_pred = y_pred.argmax(axis=1)
    scores = []
    for i in range(0, len(y_true), batch_size):
        yt = y_true[i : i + batch_size]
        yp = y_pred[i : i + batch_size]
        scores.append(np.mean(yt == yp))
    return float(np.mean(scores))
