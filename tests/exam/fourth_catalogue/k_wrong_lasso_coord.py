import numpy as np


def soft(x, t):
    if x > t:
        return x - t
    if x < -t:
        return x + t
    return 0.0


class Lasso:
    """Coordinate descent for

    J(w, w0) = 1/(2 m) * sum_i (y_i - w0 - x_i w)^2 + lambda_ * sum_j |w_j|
    """

    def __init__(self, lambda_=0.1, n_iterations=300):
        self.lambda_ = lambda_
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        m, n = X.shape
        self.w = np.zeros(n)
        self.w0 = y.mean()
        z = np.sum(X**2, axis=0)
        for _ in range(self.n_iterations):
            for j in range(n):
                partial = y - self.w0 - X @ self.w + X[:, j] * self.w[j]
                self.w[j] = soft(X[:, j] @ partial, self.lambda_) / z[j]
            self.w0 = np.mean(y - X @ self.w)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.w0
