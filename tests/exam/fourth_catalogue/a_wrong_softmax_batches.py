import numpy as np


class SoftmaxMB:
    def __init__(self, lr=0.3, n_epochs=300, batch_size=64, lam=1e-3):
        self.lr = lr
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.lam = lam

    @staticmethod
    def _softmax(Z):
        Z = Z - np.max(Z, axis=1, keepdims=True)
        E = np.exp(Z)
        return E / E.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(np.asarray(y).ravel(), return_inverse=True)
        T = np.eye(len(self.classes_))[codes]
        n, d = X.shape
        self.W = np.zeros((d, T.shape[1]))
        self.b = np.zeros((1, T.shape[1]))
        n_batches = n // self.batch_size
        for _ in range(self.n_epochs):
            for k in range(n_batches):
                sl = slice(k * self.batch_size, (k + 1) * self.batch_size)
                Xb, Tb = X[sl], T[sl]
                G = self._softmax(Xb @ self.W + self.b) - Tb
                self.W -= self.lr * (Xb.T @ G / Xb.shape[0] + self.lam * self.W)
                self.b -= self.lr * G.mean(axis=0, keepdims=True)
        return self

    def predict_proba(self, X):
        return self._softmax(np.asarray(X, dtype=float) @ self.W + self.b)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(1)]
