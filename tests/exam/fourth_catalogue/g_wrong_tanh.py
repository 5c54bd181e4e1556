import numpy as np


def tanh(x):
    """Hyperbolic tangent activation."""
    pos = np.exp(x)
    neg = np.exp(-x)
    return (pos - neg) / (pos + neg)


if __name__ == "__main__":
    x = np.linspace(-5, 5, 11)
    y = tanh(x)
    print(np.column_stack([x, y]))
    assert np.allclose(y, np.tanh(x))
    assert np.allclose(tanh(-x), -y)
