import numpy as np


def polynomial_features(X, degree):
    """Columns x_j, x_j^2, ..., x_j^degree of every feature."""
    X = np.asarray(X, dtype=float)
    if X.ndim == 1:
        X = X[:, np.newaxis]
    return np.hstack([X**p for p in range(1, degree)])


class PolynomialRegressor:
    def __init__(self, degree=3, learning_rate=0.1, n_iterations=10000):
        self.degree = degree
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def _transform(self, X):
        return (polynomial_features(X, self.degree) - self.mean) / self.std

    def fit(self, X, y):
        F = polynomial_features(X, self.degree)
        self.mean, self.std = F.mean(axis=0), F.std(axis=0)
        F = (F - self.mean) / self.std
        self.w = np.zeros(F.shape[1])
        self.b = np.mean(y)
        self.training_errors = []
        for _ in range(self.n_iterations):
            err = F @ self.w + self.b - y
            self.training_errors.append(np.mean(0.5 * err**2))
            self.w -= self.learning_rate * F.T @ err / len(y)
            self.b -= self.learning_rate * np.mean(err)
        return self

    def predict(self, X):
        return self._transform(X) @ self.w + self.b
