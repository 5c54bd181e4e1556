import numpy as np


class MyLinearRegression:
    def __init__(self, learning_rate=0.05, iterations=3000):
        self.learning_rate = learning_rate
        self.iterations = iterations

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        X = (X - np.mean(X, axis=0)) / np.std(X, axis=0)
        n = len(y)
        self.weights = np.zeros(X.shape[1])
        self.bias = 0
        for i in range(self.iterations):
            y_predicted = np.dot(X, self.weights) + self.bias
            dw = (2 / n) * np.dot(X.T, (y_predicted - y))
            db = (2 / n) * np.sum(y_predicted - y)
            self.weights = self.weights - self.learning_rate * dw
            self.bias = self.bias - self.learning_rate * db
        return self

    def predict(self, X):
        X = np.array(X, dtype=float)
        X = (X - np.mean(X, axis=0)) / np.std(X, axis=0)
        return np.dot(X, self.weights) + self.bias


if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.uniform(40, 200, (100, 2))
    y = 1000 * X[:, 0] + 300 * X[:, 1] + np.random.normal(0, 3000, 100)
    model = MyLinearRegression().fit(X[:80], y[:80])
    pred = model.predict(X[80:])
    print("R2:", 1 - np.sum((y[80:] - pred) ** 2) / np.sum((y[80:] - y[80:].mean()) ** 2))
