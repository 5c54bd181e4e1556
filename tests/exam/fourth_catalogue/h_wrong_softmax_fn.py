import numpy as np


def softmax(x):
    """Numerically stable softmax.

    Works on a vector or on the rows of a matrix.

    >>> softmax(np.array([1000.0, 1000.0])).tolist()
    [0.5, 0.5]
    """
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x))
    return e / np.sum(e, axis=-1, keepdims=True)


if __name__ == "__main__":
    print(softmax([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]))
