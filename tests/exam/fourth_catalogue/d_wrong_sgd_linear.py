import numpy as np


class SGDLinearRegression:
    """Linear regression with stochastic gradient descent (one sample at a time)."""

    def __init__(self, learning_rate=0.01, epochs=50, decay=0.95, seed=7):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.decay = decay
        self.seed = seed

    def fit(self, X, y):
        rng = np.random.RandomState(self.seed)
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0.0
        lr = self.learning_rate

        for epoch in range(self.epochs):
            for i in rng.permutation(n_samples):
                prediction = np.dot(X[i], self.weights) + self.bias
                error = prediction - y[i]
                self.weights -= lr * error * X[i]
                self.bias -= lr * error
                # lower the learning rate
                lr *= self.decay
        return self

    def predict(self, X):
        return np.dot(X, self.weights) + self.bias
