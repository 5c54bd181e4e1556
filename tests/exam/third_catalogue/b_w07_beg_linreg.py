# ruff: noqa
import numpy as np

# Linear regression from scratch (following the video, part 3)


class LinearRegression:
    def __init__(self, learning_rate=0.01, epochs=1000):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.weights = None
        self.bias = 0

    def predict_one(self, row):
        total = self.bias
        for j in range(len(row)):
            total += self.weights[j] * row[j]
        return total

    def fit(self, X, y):
        X = np.array(X)
        y = np.array(y)
        n = len(X)
        num_features = len(X[0])
        self.weights = np.zeros_like(X[0])
        self.bias = 0.0
        for epoch in range(self.epochs):
            # work out all the errors first
            errors = []
            for i in range(n):
                errors.append(self.predict_one(X[i]) - y[i])
            # then update every weight
            for j in range(num_features):
                gradient = 0
                for i in range(n):
                    gradient += errors[i] * X[i][j]
                gradient = 2 * gradient / n
                self.weights[j] = self.weights[j] - self.learning_rate * gradient
            self.bias = self.bias - self.learning_rate * 2 * sum(errors) / n
        return self

    def predict(self, X):
        predictions = []
        for row in X:
            predictions.append(self.predict_one(row))
        return predictions


if __name__ == "__main__":
    X = [[1.0, 2.0], [2.0, 1.0], [3.0, 5.0], [4.0, 3.0], [0.5, 0.5]]
    y = [2 * a - b + 1 for a, b in X]
    model = LinearRegression(0.03, 2000)
    model.fit(X, y)
    print(model.weights, model.bias)
    print(model.predict(X), y)
