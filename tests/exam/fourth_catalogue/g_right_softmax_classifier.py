import numpy as np


def one_hot(idx, k):
    out = np.zeros((idx.size, k))
    out[np.arange(idx.size), idx] = 1
    return out


class SoftmaxClassifier:
    """Multinomial logistic regression, full-batch gradient descent with momentum.

    cost = -1/m * sum(log p[i, y_i]) + reg/2 * ||W||^2   (bias not regularised)
    """

    def __init__(self, learning_rate=0.3, epochs=3000, reg=1e-2, momentum=0.9):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.reg = reg
        self.momentum = momentum

    def _scores(self, X):
        return (X - self.mu) / self.sd @ self.W + self.b

    @staticmethod
    def _softmax(S):
        S = S - S.max(axis=1, keepdims=True)
        E = np.exp(S)
        return E / E.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(y, return_inverse=True)
        m, n = X.shape
        k = len(self.classes_)
        self.mu = X.mean(axis=0)
        self.sd = X.std(axis=0)
        self.sd[self.sd < 1e-12] = 1.0
        Xs = (X - self.mu) / self.sd
        Y = one_hot(idx.ravel(), k)
        self.W = np.zeros((n, k))
        self.b = np.zeros(k)
        vW = np.zeros_like(self.W)
        vb = np.zeros_like(self.b)
        self.cost_ = []
        for _ in range(self.epochs):
            P = self._softmax(Xs @ self.W + self.b)
            nll = -np.mean(np.log(np.maximum(P[np.arange(m), idx.ravel()], 1e-300)))
            self.cost_.append(nll + 0.5 * self.reg * np.sum(self.W**2))
            G = (P - Y) / m
            vW = self.momentum * vW - self.learning_rate * (Xs.T @ G + self.reg * self.W)
            vb = self.momentum * vb - self.learning_rate * G.sum(axis=0)
            self.W = self.W + vW
            self.b = self.b + vb
        return self

    def predict_proba(self, X):
        return self._softmax(self._scores(np.asarray(X, dtype=float)))

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
