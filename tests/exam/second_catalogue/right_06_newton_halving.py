"""Logistic regression by Newton's method with step halving, and a small ridge that spares the bias.
task: classification
candidate: NewtonClassifier
"""

import numpy as np


class NewtonClassifier:
    def __init__(self, n_iterations=50, l2=1e-3):
        self.n_iterations = n_iterations
        self.l2 = l2

    def _objective(self, A, t, beta):
        z = A @ beta
        return np.sum(np.logaddexp(0, z) - t * z) + 0.5 * self.l2 * np.sum(beta[1:] ** 2)

    def fit(self, X, y):
        A = np.insert(np.asarray(X, dtype=float), 0, 1.0, axis=1)
        self.classes_, t = np.unique(y, return_inverse=True)
        ridge = np.full(A.shape[1], self.l2)
        ridge[0] = 0.0
        beta = np.zeros(A.shape[1])
        for _ in range(self.n_iterations):
            p = 0.5 * (1 + np.tanh(0.5 * A @ beta))
            g = A.T @ (p - t) + ridge * beta
            H = A.T @ (A * (p * (1 - p))[:, None]) + np.diag(ridge)
            step = np.linalg.lstsq(H, g, rcond=None)[0]
            size = 1.0
            while size > 1e-6 and self._objective(A, t, beta - size * step) > self._objective(A, t, beta):
                size /= 2
            beta = beta - size * step
            if np.abs(step).max() < 1e-9:
                break
        self.beta = beta
        return self

    def predict_proba(self, X):
        z = np.asarray(X, dtype=float) @ self.beta[1:] + self.beta[0]
        p = 0.5 * (1 + np.tanh(0.5 * z))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
