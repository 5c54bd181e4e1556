import numpy as np


def softmax(z):
    z = z - np.max(z, axis=1, keepdims=True)
    exp_z = np.exp(z)
    return exp_z / np.sum(exp_z)


def to_categorical(y, num_classes):
    return np.eye(num_classes)[y]


class SoftmaxClassifier:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        m, n = X.shape
        c = len(np.unique(y))
        self.w = np.zeros((n, c))
        self.b = np.zeros(c)
        Y = to_categorical(y, c)
        self.losses = []
        for epoch in range(self.epochs):
            y_hat = softmax(X @ self.w + self.b)
            w_grad = X.T @ (y_hat - Y) / m
            b_grad = np.sum(y_hat - Y, axis=0) / m
            self.w -= self.learning_rate * w_grad
            self.b -= self.learning_rate * b_grad
            self.losses.append(-np.mean(np.log(y_hat[np.arange(m), y] + 1e-15)))
        return self

    def predict_proba(self, X):
        return softmax(X @ self.w + self.b)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)
