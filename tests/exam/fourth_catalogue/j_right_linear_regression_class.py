import numpy as np


class LinearRegression:
    """Ordinary least squares trained with batch gradient descent.

    Features should be of comparable scale (standardise them first).
    """

    def __init__(self, learning_rate=0.05, n_iters=5000):
        self.lr = learning_rate
        self.n_iters = n_iters
        self.weights = None
        self.bias = None
        self.losses = []

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0
        self.losses = []
        for _ in range(self.n_iters):
            y_predicted = np.dot(X, self.weights) + self.bias
            error = y_predicted - y
            dw = (2 / n_samples) * np.dot(X.T, error)
            db = (2 / n_samples) * np.sum(error)
            self.weights -= self.lr * dw
            self.bias -= self.lr * db
            self.losses.append(np.mean(error**2))
        return self

    def predict(self, X):
        return np.dot(np.asarray(X, dtype=float), self.weights) + self.bias

    def score(self, X, y):
        y = np.asarray(y, dtype=float).ravel()
        u = ((y - self.predict(X)) ** 2).sum()
        v = ((y - y.mean()) ** 2).sum()
        return 1 - u / v
