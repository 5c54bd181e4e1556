import numpy as np


class LogisticRegression:
    def __init__(self, eta=0.01, n_iter=500):
        self.eta = eta
        self.n_iter = n_iter

    @staticmethod
    def sigmoid(z):
        return np.exp(z) / (1 + np.exp(z))

    def fit(self, X, y):
        X = np.column_stack((np.ones(len(X)), X))
        self.theta = np.zeros(X.shape[1])
        for _ in range(self.n_iter):
            p = self.sigmoid(X.dot(self.theta))
            gradient = X.T.dot(p - y) / len(y)
            self.theta = self.theta - self.eta * gradient
        return self

    def predict_proba(self, X):
        X = np.column_stack((np.ones(len(X)), X))
        return self.sigmoid(X.dot(self.theta))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
