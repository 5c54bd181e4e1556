# pyright: basic
"""Logistic regression by Newton's method, with an l2 penalty and weights of rows."""

import numpy as np


class LogisticRegression:
    """The sum of weight log(1 + exp(-s z)) + l2/2 |w|^2, with s = -1 or 1."""

    def __init__(self, l2=0.0, max_iter=100, tol=1e-10):
        self.l2 = l2
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y, sample_weight=None):
        """Newton steps, each halved until the cost falls."""
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError(f"y must have two classes; got {len(self.classes_)}")
        target = (np.asarray(y) == self.classes_[1]).astype(float)
        weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
        A = np.column_stack([X, np.ones(len(X))])
        price = self.l2 * np.append(np.ones(X.shape[1]), 0.0)
        theta = np.zeros(A.shape[1])

        def cost(theta):
            z = A @ theta
            return weight @ (np.logaddexp(0, z) - target * z) + price @ theta**2 / 2

        for _ in range(self.max_iter):
            p = self._sigmoid(A @ theta)
            gradient = A.T @ (weight * (p - target)) + price * theta
            hessian = (A * (weight * p * (1 - p))[:, None]).T @ A + np.diag(price)
            step = np.linalg.lstsq(hessian, gradient, rcond=None)[0]
            size, before = 1.0, cost(theta)
            while size > 1e-8 and cost(theta - size * step) > before:
                size = size / 2
            theta = theta - size * step
            if np.abs(gradient).max() <= self.tol * len(X):
                break
        self.coef_, self.intercept_ = theta[:-1], theta[-1]
        return self

    @staticmethod
    def _sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

    def decision_function(self, X):
        """X w + b."""
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        """A column for each class."""
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        """The likelier class."""
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
