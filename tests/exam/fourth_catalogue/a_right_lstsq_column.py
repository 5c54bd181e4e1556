import numpy as np


class LinearModel:
    """Exact least squares. theta is a column (d+1, 1) with the bias in the last row."""

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        A = np.hstack((X, np.ones((X.shape[0], 1))))
        self.theta = np.linalg.pinv(A).dot(y)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        A = np.hstack((X, np.ones((X.shape[0], 1))))
        return A.dot(self.theta)
