import numpy as np


class SoftmaxRegressionSGD:
    """Softmax regression with mini-batches.

    Args:
        lr: learning rate
        epochs: passes over the data
        batch_size: samples per gradient step
    """

    def __init__(self, lr=0.1, epochs=30, batch_size=10, seed=0):
        self.lr, self.epochs, self.batch_size, self.seed = lr, epochs, batch_size, seed

    def _proba(self, X):
        z = X @ self.W + self.b
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        return e / e.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.labels, t = np.unique(y, return_inverse=True)
        Y = np.eye(len(self.labels))[t]
        rng = np.random.default_rng(self.seed)
        self.W = np.zeros((X.shape[1], len(self.labels)))
        self.b = np.zeros(len(self.labels))
        for _ in range(self.epochs):
            shuffled = rng.permutation(len(X))
            for batch in np.array_split(shuffled, self.batch_size):
                g = (self._proba(X[batch]) - Y[batch]) / len(batch)
                self.W -= self.lr * X[batch].T @ g
                self.b -= self.lr * g.sum(axis=0)
        return self

    def predict_proba(self, X):
        return self._proba(np.asarray(X, dtype=float))

    def predict(self, X):
        return self.labels[self.predict_proba(X).argmax(axis=1)]
