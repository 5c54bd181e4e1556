import numpy as np

C = np.sqrt(2.0 / np.pi)


def gelu(x):
    """GELU, tanh approximation."""
    return 0.5 * x * (1.0 + np.tanh(C * (x + 0.044715 * x**3)))


def gelu_derivative(x):
    """Derivative of gelu(x) with respect to x."""
    t = np.tanh(C * (x + 0.044715 * x**3))
    return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t**2) * C * (1.0 + 0.044715 * x**2)


if __name__ == "__main__":
    x = np.linspace(-3, 3, 13)
    print(np.round(gelu(x), 4))
    print(np.round(gelu_derivative(x), 4))
