# ruff: noqa
import numpy as np


def _sig(z):
    return np.exp(-np.logaddexp(0.0, -z))


class BinaryLogit:
    """Two-class logistic regression. Labels can be anything sortable
    (0/1, -1/1, "no"/"yes", ...). Mini-batch gradient descent with momentum.
    """

    def __init__(self, lr=0.1, epochs=200, batch_size=32, momentum=0.9, l2=0.0, seed=0):
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.momentum = momentum
        self.l2 = l2
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        if self.classes_.shape[0] != 2:
            raise ValueError("y must contain exactly two classes")
        t = np.where(y == self.classes_[1], 1.0, 0.0)

        rs = np.random.RandomState(self.seed)
        n, d = X.shape
        w, b = np.zeros(d), 0.0
        vw, vb = np.zeros(d), 0.0
        for _ in range(self.epochs):
            perm = rs.permutation(n)
            for lo in range(0, n, self.batch_size):
                rows = perm[lo : lo + self.batch_size]
                err = _sig(X[rows] @ w + b) - t[rows]
                gw = X[rows].T @ err / rows.size + self.l2 * w
                gb = err.mean()
                vw = self.momentum * vw - self.lr * gw
                vb = self.momentum * vb - self.lr * gb
                w = w + vw
                b = b + vb
        self.w, self.b = w, b
        return self

    def predict_proba(self, X):
        p1 = _sig(np.asarray(X, float) @ self.w + self.b)
        return np.vstack([1.0 - p1, p1]).T

    def predict(self, X):
        p1 = self.predict_proba(X)[:, 1]
        labels = np.full(p1.shape[0], self.classes_[0], dtype=self.classes_.dtype)
        labels[p1 > 0.5] = self.classes_[1]
        return labels

    def accuracy(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y)))
