# ruff: noqa
import numpy as np


def relu(z):
    return np.maximum(z, 0.0)


def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


class MLP:
    """Fully connected classifier.

    hidden : list of the hidden layers' widths, e.g. [16] or [32, 16]
    """

    def __init__(self, hidden=[16], lr=0.1, epochs=300, batch_size=32, l2=0.0, seed=0):
        self.hidden = hidden
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.l2 = l2
        self.seed = seed

    def _build(self, n_in, n_out):
        rng = np.random.default_rng(self.seed)
        sizes = self.hidden
        sizes.insert(0, n_in)
        sizes.append(n_out)
        self.W, self.b = [], []
        for a, c in zip(sizes[:-1], sizes[1:]):
            self.W.append(rng.normal(0.0, np.sqrt(2.0 / a), size=(a, c)))
            self.b.append(np.zeros(c))
        return rng

    def _forward(self, X):
        acts = [X]
        last = len(self.W) - 1
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            z = acts[-1] @ W + b
            acts.append(softmax(z) if i == last else relu(z))
        return acts

    def _gradients(self, X, T):
        acts = self._forward(X)
        delta = (acts[-1] - T) / len(X)
        gW, gb = [None] * len(self.W), [None] * len(self.W)
        for i in reversed(range(len(self.W))):
            gW[i] = acts[i].T @ delta + self.l2 * self.W[i]
            gb[i] = delta.sum(axis=0)
            if i:
                delta = (delta @ self.W[i].T) * (acts[i] > 0)
        return gW, gb

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(y, return_inverse=True)
        T = np.eye(len(self.classes_))[idx]
        rng = self._build(X.shape[1], len(self.classes_))
        for _ in range(self.epochs):
            order = rng.permutation(len(X))
            for s in range(0, len(X), self.batch_size):
                rows = order[s : s + self.batch_size]
                gW, gb = self._gradients(X[rows], T[rows])
                for i in range(len(self.W)):
                    self.W[i] -= self.lr * gW[i]
                    self.b[i] -= self.lr * gb[i]
        return self

    def predict_proba(self, X):
        return self._forward(np.asarray(X, dtype=float))[-1]

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y)))
