import numpy as np


def binary_cross_entropy(y_true, y_pred, eps=1e-12):
    """Mean binary cross-entropy between labels (0/1) and predicted probabilities."""
    y_true = np.asarray(y_true, dtype=float).reshape(-1)
    y_pred = np.asarray(y_pred, dtype=float).reshape(-1)
    y_pred = np.clip(y_pred, eps, 1 - eps)
    loss = y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred)
    return float(-np.mean(loss))


if __name__ == "__main__":
    labels = [1, 0, 1]
    print("good predictions:", binary_cross_entropy(labels, [0.9, 0.2, 0.6]))
    print("bad predictions: ", binary_cross_entropy(labels, [0.1, 0.8, 0.4]))
