import numpy as np


def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / np.sum(e, axis=0)


class SoftmaxRegression:
    def __init__(self, lr=0.3, epochs=1000, reg=1e-4):
        self.lr = lr
        self.epochs = epochs
        self.reg = reg

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(np.asarray(y).ravel(), return_inverse=True)
        k = len(self.classes_)
        n, d = X.shape
        Y = np.eye(k)[idx]
        self.W = np.zeros((d, k))
        self.b = np.zeros(k)
        self.losses = []
        for _ in range(self.epochs):
            P = softmax(X @ self.W + self.b)
            self.losses.append(-np.mean(np.log(P[np.arange(n), idx] + 1e-12)))
            G = (P - Y) / n
            self.W -= self.lr * (X.T @ G + self.reg * self.W)
            self.b -= self.lr * G.sum(axis=0)
        return self

    def predict_proba(self, X):
        return softmax(np.asarray(X, dtype=float) @ self.W + self.b)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
