import numpy as np


class SoftmaxMiniBatch:
    """Scales the features itself; L2 on the weights of the scaled features."""

    def __init__(self, lr=0.5, epochs=400, batch=32, l2=1e-3, seed=7):
        self.lr = lr
        self.epochs = epochs
        self.batch = batch
        self.l2 = l2
        self.seed = seed

    def _scale(self, X):
        return (np.asarray(X, dtype=float) - self.m) / self.s

    def _probs(self, Z):
        logits = Z @ self.W + self.b
        logits = logits - logits.max(axis=1)[:, None]
        e = np.exp(logits)
        return e / e.sum(axis=1)[:, None]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.m, self.s = X.mean(0), X.std(0)
        self.s = np.where(self.s > 0, self.s, 1.0)
        Z = self._scale(X)
        self.classes_, c = np.unique(np.asarray(y).ravel(), return_inverse=True)
        n, k = len(Z), len(self.classes_)
        rng = np.random.default_rng(self.seed)
        self.W, self.b = np.zeros((Z.shape[1], k)), np.zeros(k)
        self.history = []
        for ep in range(self.epochs):
            lr = self.lr / (1 + 0.01 * ep)
            order = rng.permutation(n)
            for part in np.array_split(order, max(1, int(np.ceil(n / self.batch)))):
                G = self._probs(Z[part])
                G[np.arange(len(part)), c[part]] -= 1
                G /= len(part)
                self.W -= lr * (Z[part].T @ G + self.l2 * self.W)
                self.b -= lr * G.sum(axis=0)
            self.history.append(-np.log(self._probs(Z)[np.arange(n), c] + 1e-300).mean())
        return self

    def predict_proba(self, X):
        return self._probs(self._scale(X))

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
