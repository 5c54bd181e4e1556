import numpy as np


def huber_loss(y_true, y_pred, delta=1.0):
    """Mean Huber loss: quadratic within delta of the target, linear outside."""
    r = np.abs(np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float))
    quad = np.minimum(r, delta)
    return np.mean(0.5 * quad**2 + delta * (r - quad))


if __name__ == "__main__":
    y = np.array([0.0, 1.0, 2.0, 50.0])
    p = np.array([0.5, 1.0, 0.0, 3.0])
    print("huber", huber_loss(y, p))
    print("mse  ", np.mean((y - p) ** 2))
    print("mae  ", np.mean(np.abs(y - p)))
