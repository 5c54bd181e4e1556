import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


class IrisNet:
    """Multinomial logistic regression, one sample at a time (SGD). y: integers 0..k-1"""

    def __init__(self, lr=0.1, epochs=100, l2=1e-3, seed=0):
        self.lr, self.epochs, self.l2, self.seed = lr, epochs, l2, seed

    def fit(self, X, y):
        rng = np.random.RandomState(self.seed)
        n, d = X.shape
        k = y.max() + 1
        self.W = np.zeros((d, k))
        self.b = np.zeros(k)
        self.trace = []
        for epoch in range(self.epochs):
            lr = self.lr / (1 + 0.1 * epoch)
            total = 0.0
            for i in rng.permutation(n):
                p = softmax(X[i] @ self.W + self.b)
                total -= np.log(p[y[i]] + 1e-12)
                p[y[i]] -= 1.0
                self.W -= lr * (np.outer(X[i], p) + self.l2 * self.W)
                self.b -= lr * p
            self.trace.append(total / n)
        return self

    def predict_proba(self, X):
        return softmax(X @ self.W + self.b)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)
