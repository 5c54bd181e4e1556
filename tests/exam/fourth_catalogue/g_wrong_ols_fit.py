import numpy as np


class OrdinaryLeastSquares:
    """Ordinary least squares linear regression."""

    def __init__(self):
        self.beta = None

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.beta, *_ = np.linalg.lstsq(X, y, rcond=None)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.beta

    def mse(self, X, y):
        return np.mean((y - self.predict(X)) ** 2)


if __name__ == "__main__":
    rng = np.random.RandomState(42)
    X = rng.randn(100, 3)
    y = X @ np.array([1.0, 2.0, 3.0]) + 0.1 * rng.randn(100)
    model = OrdinaryLeastSquares().fit(X, y)
    print(model.beta, model.mse(X, y))
