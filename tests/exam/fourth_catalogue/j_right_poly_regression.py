import numpy as np


class PolynomialRegression:
    """Polynomial regression in one variable, solved with least squares."""

    def __init__(self, degree=3):
        self.degree = degree

    def _powers(self, x):
        x = np.asarray(x, dtype=float).reshape(-1)
        return np.column_stack([x**d for d in range(1, self.degree + 1)])

    def fit(self, x, y):
        P = self._powers(x)
        y = np.asarray(y, dtype=float).reshape(-1)
        self.mu = P.mean(axis=0)
        self.sd = P.std(axis=0)
        A = np.column_stack([np.ones(len(P)), (P - self.mu) / self.sd])
        self.theta = np.linalg.pinv(A) @ y
        return self

    def predict(self, x):
        P = (self._powers(x) - self.mu) / self.sd
        return self.theta[0] + P @ self.theta[1:]

    def mse(self, x, y):
        return np.mean((np.asarray(y, dtype=float).reshape(-1) - self.predict(x)) ** 2)


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    x = rng.uniform(-3, 3, 80)
    y = 1 - 2 * x + 0.5 * x**3 + rng.normal(0, 0.3, 80)
    model = PolynomialRegression(3).fit(x, y)
    print("train mse", model.mse(x, y))
