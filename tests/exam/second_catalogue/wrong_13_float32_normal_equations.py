"""The normal equations are solved in single precision, which ruins columns with a large offset such as years.
task: regression
candidate: NormalEquation
"""

import numpy as np


class NormalEquation:
    def __init__(self):
        self.theta = None

    def _design(self, X):
        X = np.asarray(X, dtype=np.float32)
        return np.concatenate([np.ones((len(X), 1), dtype=np.float32), X], axis=1)

    def fit(self, X, y):
        A = self._design(X)
        target = np.asarray(y, dtype=np.float32).reshape(-1, 1)
        self.theta = np.linalg.pinv(A.T @ A) @ A.T @ target
        return self

    def predict(self, X):
        return (self._design(X) @ self.theta).flatten()
