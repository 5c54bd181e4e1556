import numpy as np


def huber_loss(y_true, y_pred, delta=1.0):
    """
    Huber loss, averaged over the samples.

    Quadratic (1/2 r^2) for |r| <= delta, linear with slope delta beyond, joined continuously.
    """
    r = np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float)
    a = np.abs(r)
    quadratic = 0.5 * r**2
    linear = delta * a - 0.5 * delta
    return np.mean(np.where(a <= delta, quadratic, linear))


if __name__ == "__main__":
    y = np.array([1.0, 2.0, 3.0, 40.0])
    p = np.array([1.2, 1.7, 3.1, 4.0])
    print("mse", np.mean((y - p) ** 2), "huber", huber_loss(y, p))
