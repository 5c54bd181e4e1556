import numpy as np

# Every activation is called with the pre-activation x; gradient(x) is its derivative at x.


class Sigmoid:
    def __call__(self, x):
        x = np.asarray(x, dtype=float)
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1 / (1 + e), e / (1 + e))

    def gradient(self, x):
        s = self(x)
        return s * (1 - s)


class TanH:
    def __call__(self, x):
        return np.tanh(x)

    def gradient(self, x):
        return 1 - np.tanh(x) ** 2


class ReLU:
    def __call__(self, x):
        return np.maximum(x, 0)

    def gradient(self, x):
        return (np.asarray(x) > 0).astype(float)


class LeakyReLU:
    def __init__(self, alpha=0.2):
        self.alpha = alpha

    def __call__(self, x):
        return np.where(x >= 0, x, self.alpha * x)

    def gradient(self, x):
        return np.where(np.asarray(x) >= 0, 1.0, self.alpha)


class ELU:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def __call__(self, x):
        return np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0)))

    def gradient(self, x):
        return np.where(np.asarray(x) > 0, 1.0, self.alpha * np.exp(np.minimum(x, 0)))


class SoftPlus:
    def __call__(self, x):
        return np.logaddexp(0, x)

    def gradient(self, x):
        return Sigmoid()(x)
