import numpy as np


class PolynomialFit:
    """Least-squares polynomial; x is mapped to [-1, 1] for the fit."""

    def __init__(self, degree):
        if degree < 0:
            raise ValueError("degree must not be negative")
        self._degree = int(degree)
        self._c = None

    @property
    def degree(self):
        return self._degree

    @property
    def is_fitted(self):
        return self._c is not None

    @property
    def coefficients(self):
        """Coefficients in the original x, constant first."""
        out = np.zeros(self._degree + 1)
        base = np.array([1.0])
        line = np.array([-self._mid / self._half, 1.0 / self._half])
        for c in self._c:
            out[: len(base)] += c * base
            base = np.convolve(base, line)
        return out

    def _scale(self, x):
        return (np.asarray(x, float) - self._mid) / self._half

    def fit(self, x, y):
        x = np.asarray(x, float)
        self._mid = (x.max() + x.min()) / 2
        self._half = (x.max() - x.min()) / 2 or 1.0
        V = np.vander(self._scale(x), self._degree + 1, increasing=True)
        self._c = np.linalg.pinv(V) @ np.asarray(y, float)
        return self

    def __call__(self, x):
        result = np.zeros_like(np.asarray(x, float))
        for c in self._c[::-1]:
            result = result * self._scale(x) + c
        return result
