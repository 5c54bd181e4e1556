# ruff: noqa
import numpy as np

# A tiny two-layer network for classification (tanh hidden units, softmax out),
# full-batch gradient descent on the mean cross entropy.


class TwoLayerNet:
    def __init__(self, n_hidden=16, lr=0.5, epochs=500, random_state=0):
        self.n_hidden = n_hidden
        self.lr = lr
        self.epochs = epochs
        self.random_state = random_state

    def _init(self, n_in, n_out):
        rng = np.random.RandomState(self.random_state)
        h = self.n_hidden
        self.W1 = rng.randn(n_in, h) / np.sqrt(n_in)
        self.b1 = np.zeros(h)
        self.W2 = rng.randn(h, n_out) / np.sqrt(h)
        self.b2 = np.zeros(n_out)

    def _forward(self, X):
        H = np.tanh(X @ self.W1 + self.b1)
        S = H @ self.W2 + self.b2
        S = S - S.max(axis=1, keepdims=True)
        P = np.exp(S)
        P /= P.sum(axis=1, keepdims=True)
        return H, P

    def _backward_and_step(self, X, T):
        m = X.shape[0]
        H, P = self._forward(X)

        # output layer
        d2 = (P - T) / m
        gW2 = H.T @ d2
        gb2 = d2.sum(axis=0)
        W2_before = self.W2
        self.W2 = self.W2 - self.lr * gW2
        self.b2 = self.b2 - self.lr * gb2

        # hidden layer
        d1 = (d2 @ W2_before.T) * (1.0 - H**2)
        self.W1 = self.W1 - self.lr * (X.T @ d1)
        self.b1 = self.b1 - self.lr * d1.sum(axis=0)

        return -np.mean(np.log(P[T.astype(bool)] + 1e-12))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(y, return_inverse=True)
        T = np.eye(len(self.classes_))[codes]
        self._init(X.shape[1], len(self.classes_))
        self.losses_ = []
        for _ in range(self.epochs):
            self.losses_.append(self._backward_and_step(X, T))
        return self

    def predict_proba(self, X):
        return self._forward(np.asarray(X, dtype=float))[1]

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y)))
