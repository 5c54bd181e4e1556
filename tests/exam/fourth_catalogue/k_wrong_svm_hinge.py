import numpy as np


class SVM:
    """Linear support vector machine.

    lambda_param * ||w||^2 + 1/n * sum max(0, 1 - y_i (w.x_i - b)),  y in {0, 1}
    """

    def __init__(self, learning_rate=0.1, lambda_param=0.05, n_iters=8000):
        self.lr = learning_rate
        self.lambda_param = lambda_param
        self.n_iters = n_iters
        self.w = None
        self.b = None

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y_ = np.where(np.asarray(y) <= 0, -1, 1)
        n_samples, n_features = X.shape
        self.w = np.zeros(n_features)
        self.b = 0.0
        for i in range(self.n_iters):
            lr = self.lr / (1 + i / 500)
            inside = y_ * (np.dot(X, self.w) - self.b) < 1
            dw = np.where(inside[:, None], -y_[:, None] * X, 2 * self.lambda_param * self.w).mean(axis=0)
            db = np.sum(y_ * inside) / n_samples
            self.w -= lr * dw
            self.b -= lr * db
        return self

    def decision_function(self, X):
        return np.dot(np.asarray(X, dtype=float), self.w) - self.b

    def predict(self, X):
        return np.where(self.decision_function(X) >= 0, 1, 0)
