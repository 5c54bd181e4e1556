import numpy as np


class LinearRegressionScratch:
    def __init__(self, lr=0.1, epochs=2000):
        self.lr = lr
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        m, n = X.shape
        self.theta = np.zeros((n, 1))
        self.bias = 0.0
        self.cost_list = []
        for epoch in range(self.epochs):
            y_hat = X @ self.theta + self.bias
            self.theta -= self.lr * X.T @ (y_hat - y) / m
            self.bias -= self.lr * np.mean(y_hat - y)
            self.cost_list.append(float(np.mean((y_hat - y) ** 2) / 2))
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.theta + self.bias

    def mse(self, X, y):
        y = np.asarray(y, dtype=float)
        return float(np.mean((self.predict(X) - y) ** 2))


if __name__ == "__main__":
    rng = np.random.RandomState(7)
    X = rng.randn(150, 2)
    y = X @ np.array([[2.0], [-1.0]]) + 3 + 0.2 * rng.randn(150, 1)
    reg = LinearRegressionScratch().fit(X, y)
    print(reg.theta.ravel(), reg.bias, reg.mse(X, y))
