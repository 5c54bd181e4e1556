import numpy as np


class GradientDescentRegression:
    """Linear regression; stops when the parameter vector no longer moves."""

    def __init__(self, lr=0.1, max_iters=5000, tol=1e-8, verbose=0):
        self.lr = lr
        self.max_iters = max_iters
        self.tol = tol
        self.verbose = verbose

    @staticmethod
    def _with_bias(X):
        X = np.asarray(X, dtype=float)
        return np.column_stack((np.ones(X.shape[0]), X))

    def fit(self, X, y):
        A = self._with_bias(X)
        y = np.asarray(y, dtype=float).ravel()
        m = A.shape[0]
        self.theta = np.zeros(A.shape[1])
        for it in range(self.max_iters):
            previous = self.theta
            self.theta -= self.lr / m * (A.T @ (A @ self.theta - y))
            if np.linalg.norm(self.theta - previous) < self.tol:
                if self.verbose:
                    print("converged after", it + 1, "iterations")
                break
        return self

    def predict(self, X):
        return self._with_bias(X) @ self.theta
