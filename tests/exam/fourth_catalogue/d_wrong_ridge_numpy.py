import numpy as np


class RidgeRegression(object):
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        # append the column of ones for the intercept
        X = np.hstack([X, np.ones((X.shape[0], 1))])
        n_features = X.shape[1]

        # identity matrix, the intercept is not regularized
        I = np.eye(n_features)
        I[0, 0] = 0

        self.w = np.linalg.solve(X.T @ X + self.alpha * I, X.T @ y)
        return self

    @property
    def coef_(self):
        return self.w[:-1]

    @property
    def intercept_(self):
        return self.w[-1]

    def predict(self, X):
        X = np.hstack([X, np.ones((X.shape[0], 1))])
        return X @ self.w
