import numpy as np


class SoftmaxRegression:
    def __init__(self, lr=0.1, n_iters=2000):
        self.lr = lr
        self.n_iters = n_iters
        self.W = None
        self.b = None
        self.loss_history = []

    def softmax(self, z):
        z = z - np.max(z, axis=1, keepdims=True)
        exp = np.exp(z)
        return exp / np.sum(exp, axis=1, keepdims=True)

    def one_hot(self, y):
        encoded = np.zeros((len(y), self.n_classes))
        encoded[np.arange(len(y)), y] = 1
        return encoded

    def fit(self, X, y):
        n_samples, n_features = X.shape
        self.n_classes = int(np.max(y)) + 1
        Y = self.one_hot(y)
        self.W = np.zeros((n_features, self.n_classes))
        self.b = np.zeros(self.n_classes)
        self.loss_history = []

        for _ in range(self.n_iters):
            probs = self.softmax(X @ self.W + self.b)
            loss = -np.mean(np.sum(Y * np.log(probs + 1e-12), axis=1))
            self.loss_history.append(loss)

            grad = (probs - Y) / n_samples
            self.W -= self.lr * (X.T @ grad)
            self.b -= self.lr * grad.sum(axis=0)
        return self

    def predict_proba(self, X):
        return self.softmax(X @ self.W + self.b)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)
