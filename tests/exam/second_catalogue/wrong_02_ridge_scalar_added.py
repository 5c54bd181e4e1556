"""The ridge strength is added to every entry of X'X instead of to its diagonal.
task: regression
candidate: Ridge
"""

import numpy as np


class Ridge:
    """Closed-form ridge, intercept left unpenalised by centring."""

    def __init__(self, l2=1.0):
        self.l2 = l2

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.mu_x = X.mean(axis=0)
        self.mu_y = y.mean()
        Xc = X - self.mu_x
        yc = y - self.mu_y
        gram = Xc.T @ Xc + self.l2
        self.w = np.linalg.pinv(gram) @ (Xc.T @ yc)
        self.b = self.mu_y - self.mu_x @ self.w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
