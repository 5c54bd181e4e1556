import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def sigmoid_derivative(a):
    return a * (1 - a)


class NeuralNetwork:
    """Binary classifier with one sigmoid hidden layer."""

    def __init__(self, hidden=8, lr=1.0, epochs=3000, seed=42):
        self.hidden = hidden
        self.lr = lr
        self.epochs = epochs
        self.seed = seed

    def fit(self, X, y):
        rng = np.random.RandomState(self.seed)
        y = np.asarray(y).reshape(-1, 1)
        m, n = X.shape
        self.W1 = rng.randn(n, self.hidden)
        self.b1 = np.zeros((1, self.hidden))
        self.W2 = rng.randn(self.hidden, 1)
        self.b2 = np.zeros((1, 1))

        for _ in range(self.epochs):
            # forward
            z1 = X @ self.W1 + self.b1
            a1 = sigmoid(z1)
            z2 = a1 @ self.W2 + self.b2
            a2 = sigmoid(z2)

            # backward (binary cross-entropy)
            delta2 = (a2 - y) / m
            delta1 = (delta2 @ self.W2.T) * sigmoid_derivative(z1)

            self.W2 -= self.lr * a1.T @ delta2
            self.b2 -= self.lr * delta2.sum(axis=0, keepdims=True)
            self.W1 -= self.lr * X.T @ delta1
            self.b1 -= self.lr * delta1.sum(axis=0, keepdims=True)
        return self

    def predict_proba(self, X):
        a1 = sigmoid(X @ self.W1 + self.b1)
        return sigmoid(a1 @ self.W2 + self.b2).ravel()

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
