import numpy as np


def huber_loss(y_true, y_pred, delta=1.0):
    """Mean Huber loss: quadratic for |error| <= delta, linear beyond."""
    error = np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float)
    small = np.abs(error) <= delta
    squared = 0.5 * error**2
    linear = delta * (np.abs(error) - 0.5)
    return np.mean(np.where(small, squared, linear))


if __name__ == "__main__":
    y_true = np.array([1.0, 2.0, 10.0])
    y_pred = np.array([1.5, 2.0, 4.0])
    print(huber_loss(y_true, y_pred))
