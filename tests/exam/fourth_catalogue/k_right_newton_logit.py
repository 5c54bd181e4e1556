import numpy as np


class LogisticRegressionNewton:
    """
    L2-regularised logistic regression, second order.

    cost(w, b) = sum_i log(1 + exp(-t_i (x_i w + b))) + lambda_/2 ||w||^2

    lambda_ = 1/C in the usual notation; the intercept is free.
    """

    def __init__(self, lambda_=1.0, n_iter=30, tol=1e-8):
        self.lambda_ = lambda_
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X, y):
        self.labels = np.unique(y)
        assert len(self.labels) == 2, "two classes please"
        target = (np.asarray(y) == self.labels[1]).astype(float)
        A = np.c_[np.asarray(X, dtype=float), np.ones(len(X))]
        R = self.lambda_ * np.eye(A.shape[1])
        R[-1, -1] = 0
        theta = np.zeros(A.shape[1])
        for _ in range(self.n_iter):
            p = self._sigmoid(A @ theta)
            gradient = A.T @ (p - target) + R @ theta
            hessian = (A.T * (p * (1 - p))) @ A + R
            delta = np.linalg.solve(hessian + 1e-10 * np.eye(len(theta)), gradient)
            theta -= delta
            if np.abs(delta).max() < self.tol:
                break
        self.w, self.b = theta[:-1], theta[-1]
        return self

    @staticmethod
    def _sigmoid(z):
        return 0.5 * (1 + np.tanh(0.5 * z))

    def predict_proba(self, X):
        p = self._sigmoid(np.asarray(X, dtype=float) @ self.w + self.b)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.labels[self.predict_proba(X).argmax(1)]
