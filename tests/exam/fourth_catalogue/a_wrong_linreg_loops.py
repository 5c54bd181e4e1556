import numpy as np


class LinReg:
    def __init__(self, lr=0.05, epochs=3000):
        self.lr = lr
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y).ravel()
        n, d = X.shape
        w = np.zeros_like(X[0])
        b = 0.0
        for _ in range(self.epochs):
            err = X @ w + b - y
            grad = X.T @ err / n
            for j in range(d):
                w[j] = w[j] - self.lr * grad[j]
            b = b - self.lr * err.mean()
        self.w = w
        self.b = b
        return self

    def predict(self, X):
        return np.asarray(X) @ self.w + self.b
