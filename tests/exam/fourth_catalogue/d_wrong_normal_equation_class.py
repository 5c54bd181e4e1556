import numpy as np


class LinearRegression:
    def __init__(self):
        self.theta = None

    def fit(self, X, y):
        m = X.shape[0]
        X_b = np.concatenate((np.ones((m, 1)), X), axis=1)
        y = np.array(y).reshape(-1, 1)
        self.theta = np.linalg.pinv(X_b.T.dot(X_b)).dot(X_b.T).dot(y)
        return self

    def predict(self, X):
        m = X.shape[0]
        X_b = np.concatenate((np.ones((m, 1)), X), axis=1)
        return X_b.dot(self.theta)

    def rmse(self, X, y):
        return np.sqrt(np.mean((self.predict(X) - y) ** 2))

    def r2(self, X, y):
        residual = np.sum((y - self.predict(X)) ** 2)
        total = np.sum((y - np.mean(y)) ** 2)
        return 1 - residual / total
