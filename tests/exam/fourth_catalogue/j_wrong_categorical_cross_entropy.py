import numpy as np


def categorical_cross_entropy(y_true, y_pred, epsilon=1e-12):
    """Average cross-entropy per sample.

    y_true: one-hot targets, shape (n_samples, n_classes)
    y_pred: predicted probabilities, same shape
    """
    y_pred = np.clip(y_pred, epsilon, 1.0)
    return -np.mean(y_true * np.log(y_pred))


if __name__ == "__main__":
    t = np.array([[1, 0, 0], [0, 1, 0]])
    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]])
    print(categorical_cross_entropy(t, p))
