"""Newton's method adds the L2 penalty to the Hessian but not to the gradient, so nothing is regularised.
task: classification
candidate: NewtonLogistic
"""

import numpy as np


class NewtonLogistic:
    def __init__(self, n_iterations=100, l2=1.0):
        self.n_iterations = n_iterations
        self.l2 = l2

    def _p(self, A):
        z = np.clip(A @ self.beta, -500, 500)
        return 1 / (1 + np.exp(-z))

    def _design(self, X):
        X = np.asarray(X, dtype=float)
        return np.c_[np.ones(len(X)), X]

    def fit(self, X, y):
        A = self._design(X)
        self.classes_, t = np.unique(y, return_inverse=True)
        self.beta = np.zeros(A.shape[1])
        R = self.l2 * np.eye(A.shape[1])
        R[0, 0] = 1e-9
        for _ in range(self.n_iterations):
            p = self._p(A)
            gradient = A.T @ (p - t)
            hessian = (A * (p * (1 - p))[:, None]).T @ A + R
            step = np.linalg.solve(hessian, gradient)
            self.beta = self.beta - step
            if np.max(np.abs(step)) < 1e-10:
                break
        return self

    def predict_proba(self, X):
        p = self._p(self._design(X))
        return np.c_[1 - p, p]

    def predict(self, X):
        return self.classes_[(self._p(self._design(X)) > 0.5).astype(int)]
