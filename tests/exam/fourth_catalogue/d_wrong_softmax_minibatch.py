import numpy as np


class SoftmaxRegression:
    def __init__(self, lr=0.1, epochs=100, batch_size=32, random_state=0):
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def _softmax(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        rng = np.random.RandomState(self.random_state)
        n, d = X.shape
        k = y.max() + 1
        Y = np.zeros((n, k))
        Y[np.arange(n), y] = 1
        self.W = rng.randn(d, k) * 0.01
        self.b = np.zeros(k)

        for epoch in range(self.epochs):
            perm = rng.permutation(n)
            X_shuffled = X[perm]
            for i in range(0, n, self.batch_size):
                xb = X_shuffled[i : i + self.batch_size]
                yb = Y[i : i + self.batch_size]
                p = self._softmax(xb @ self.W + self.b)
                self.W -= self.lr * xb.T @ (p - yb) / len(xb)
                self.b -= self.lr * (p - yb).mean(axis=0)
        return self

    def predict_proba(self, X):
        return self._softmax(X @ self.W + self.b)

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)
