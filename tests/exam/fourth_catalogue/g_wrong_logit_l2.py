import numpy as np


class LogisticRegressionL2(object):
    """Binary logistic regression.

    J = mean cross-entropy + lambda_/(2m) * w.w, minimised with gradient descent.
    """

    def __init__(self, alpha=0.1, iterations=1500, lambda_=1.0):
        self.alpha = alpha
        self.iterations = iterations
        self.lambda_ = lambda_

    def __sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))

    def fit(self, X, y):
        m, n = X.shape
        self.w = np.zeros((n, 1))
        self.b = 0.0
        Y = np.asarray(y, dtype=float).reshape(m, 1)
        for _ in range(self.iterations):
            A = self.__sigmoid(X @ self.w + self.b)
            error = Y - A
            dw = (X.T @ error) / m + (self.lambda_ / m) * self.w
            db = np.sum(error) / m
            self.w += self.alpha * dw
            self.b += self.alpha * db
        return self

    def predict_proba(self, X):
        return self.__sigmoid(X @ self.w + self.b).ravel()

    def predict(self, X, threshold=0.5):
        return (self.predict_proba(X) >= threshold).astype(int)
