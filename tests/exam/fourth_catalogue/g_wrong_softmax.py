import numpy as np


def softmax(z):
    """Softmax over the last axis of a batch of scores, shifted for numerical stability."""
    z = np.asarray(z, dtype=float)
    e = np.exp(z - np.max(z))
    return e / np.sum(e, axis=-1, keepdims=True)


if __name__ == "__main__":
    logits = np.array([[2.0, 1.0, 0.1], [0.5, 0.5, 3.0]])
    print(softmax(logits))
    print(softmax([1000.0, 1001.0, 1002.0]))
    assert np.allclose(softmax(np.random.randn(5, 4)).sum(axis=-1), 1)
