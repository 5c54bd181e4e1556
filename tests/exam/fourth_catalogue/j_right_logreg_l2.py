import numpy as np


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1.0 / (1.0 + np.exp(-z))


class LogisticRegressionL2:
    def __init__(self, learning_rate=0.1, num_iter=10000, lambda_=1.0):
        self.learning_rate = learning_rate
        self.num_iter = num_iter
        self.lambda_ = lambda_

    def cost(self, X, y):
        m = len(y)
        h = np.clip(sigmoid(X @ self.w + self.b), 1e-12, 1 - 1e-12)
        ce = -(y @ np.log(h) + (1 - y) @ np.log(1 - h)) / m
        return ce + self.lambda_ / (2 * m) * np.sum(self.w**2)

    def fit(self, X, y):
        """X: (m, n) array of standardised features, y: (m,) array of zeros and ones."""
        m, n = X.shape
        self.w = np.zeros(n)
        self.b = 0.0
        self.cost_history = []
        for i in range(self.num_iter):
            h = sigmoid(X @ self.w + self.b)
            grad_w = (X.T @ (h - y) + self.lambda_ * self.w) / m
            grad_b = np.mean(h - y)
            self.w = self.w - self.learning_rate * grad_w
            self.b = self.b - self.learning_rate * grad_b
            if i % 100 == 0:
                self.cost_history.append(self.cost(X, y))
        return self

    def predict_proba(self, X):
        return sigmoid(X @ self.w + self.b)

    def predict(self, X, threshold=0.5):
        return (self.predict_proba(X) >= threshold).astype(int)
