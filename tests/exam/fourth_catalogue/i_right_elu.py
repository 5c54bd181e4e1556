import numpy as np


def elu(x, alpha=1.0, derivative=False):
    """Exponential linear unit. With derivative=True returns d elu(x) / dx."""
    x = np.asarray(x, dtype=float)
    negative = alpha * np.expm1(np.minimum(x, 0.0))
    if derivative:
        return np.where(x > 0, 1.0, negative + alpha)
    return np.where(x > 0, x, negative)


if __name__ == "__main__":
    grid = np.linspace(-3, 3, 7)
    print(elu(grid))
    print(elu(grid, derivative=True))
