import numpy as np


class PolynomialFit:
    """Fit y = a0 + a1 x + ... + a_degree x^degree (one input) by least squares."""

    def __init__(self, degree: int = 2):
        if degree < 1:
            raise ValueError("degree must be at least 1")
        self.degree = degree
        self.coefs: np.ndarray | None = None

    def transform(self, x: np.ndarray) -> np.ndarray:
        x = np.asarray(x, dtype=float).ravel()
        features = [np.ones_like(x), x]
        for p in range(2, self.degree):
            features.append(x**p)
        return np.stack(features, axis=1)

    def fit(self, x: np.ndarray, y: np.ndarray) -> "PolynomialFit":
        A = self.transform(x)
        self.coefs = np.linalg.pinv(A) @ np.asarray(y, dtype=float).ravel()
        return self

    def predict(self, x: np.ndarray) -> np.ndarray:
        if self.coefs is None:
            raise RuntimeError("call fit first")
        return self.transform(x) @ self.coefs
