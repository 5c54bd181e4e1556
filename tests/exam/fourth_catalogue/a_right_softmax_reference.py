import numpy as np


class ReferenceSoftmax:
    """Multinomial logit with K-1 weight vectors; the last class has score 0."""

    def __init__(self, eta=0.5, n_iter=4000):
        self.eta = eta
        self.n_iter = n_iter

    def _P(self, A):
        S = np.hstack([A @ self.B, np.zeros((len(A), 1))])
        S -= S.max(axis=1, keepdims=True)
        np.exp(S, out=S)
        return S / S.sum(axis=1, keepdims=True)

    @staticmethod
    def _bias(X):
        return np.insert(np.asarray(X, dtype=float), 0, 1, axis=1)

    def fit(self, X, y):
        A = self._bias(X)
        y = np.asarray(y).ravel()
        self.classes_ = np.unique(y)
        Y = (y[:, None] == self.classes_[None, :]).astype(float)
        self.B = np.zeros((A.shape[1], len(self.classes_) - 1))
        for _ in range(self.n_iter):
            self.B += self.eta * A.T @ (Y - self._P(A))[:, :-1] / len(A)
        return self

    def predict_proba(self, X):
        return self._P(self._bias(X))

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
