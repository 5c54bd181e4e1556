"""The ridge penalty is put on the intercept too, because the identity covers the column of ones.
task: regression
candidate: RidgeRegression
"""

import numpy as np


class RidgeRegression:
    def __init__(self, l2=1.0):
        self.l2 = l2

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        A = np.column_stack([np.ones(X.shape[0]), X])
        penalty = self.l2 * np.eye(A.shape[1])
        self.theta = np.linalg.solve(A.T @ A + penalty, A.T @ y)
        self.intercept_ = self.theta[0]
        self.coef_ = self.theta[1:]
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        A = np.column_stack([np.ones(X.shape[0]), X])
        return A @ self.theta
