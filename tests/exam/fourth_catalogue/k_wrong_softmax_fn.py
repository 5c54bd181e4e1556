import numpy as np


def softmax(x):
    """Row-wise softmax of a matrix of scores, shifted for numerical stability."""
    x = np.asarray(x, dtype=float)
    if x.ndim == 1:
        x = x[np.newaxis, :]
        e = np.exp(x - np.max(x))
        return (e / np.sum(e)).ravel()
    e = np.exp(x - np.max(x))
    return e / np.sum(e, axis=1, keepdims=True)


if __name__ == "__main__":
    scores = np.random.randn(5, 3)
    print(softmax(scores))
    print(softmax(scores).sum(axis=1))
