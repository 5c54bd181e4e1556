import numpy as np


class SoftmaxRegression:
    """Multinomial logistic regression, full-batch gradient descent, weights (d + 1, k) with the
    bias in row 0, which is not penalised. Penalty: l2 / 2 * ||W[1:]||^2 added to the mean loss."""

    def __init__(self, eta=0.5, n_iter=3000, l2=0.0, tol=1e-7):
        self.eta, self.n_iter, self.l2, self.tol = eta, n_iter, l2, tol

    @staticmethod
    def _augment(X):
        X = np.asarray(X, dtype=float)
        return np.hstack([np.ones((X.shape[0], 1)), X])

    @staticmethod
    def _softmax(Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        A = self._augment(X)
        self.classes_, code = np.unique(np.ravel(y), return_inverse=True)
        Y = (code[:, None] == np.arange(len(self.classes_))).astype(float)
        scale = 1.0 / max(1.0, np.linalg.norm(A, 2) ** 2 / len(A) / 2)
        self.W_ = np.zeros((A.shape[1], len(self.classes_)))
        for self.n_iter_ in range(1, self.n_iter + 1):
            G = A.T @ (self._softmax(A @ self.W_) - Y) / len(A)
            G[1:] += self.l2 * self.W_[1:]
            if np.abs(G).max() < self.tol:
                break
            self.W_ -= self.eta * scale * G
        return self

    def predict_proba(self, X):
        return self._softmax(self._augment(X) @ self.W_)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
