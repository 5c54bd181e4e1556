import numpy as np


class SoftmaxClassifier:
    """Multinomial logistic regression.

    Loss: sum_i -log p(y_i | x_i) / n + reg * ||W||_F^2   (biases unregularised)

    Parameters
    ----------
    learning_rate : float
    reg : float
    max_iter : int
    tol : float, stops when the largest entry of the gradient is below
    """

    def __init__(self, learning_rate=0.3, reg=1e-3, max_iter=5000, tol=1e-6):
        self.learning_rate = learning_rate
        self.reg = reg
        self.max_iter = max_iter
        self.tol = tol

    @staticmethod
    def _softmax(S):
        E = np.exp(S - S.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, float)
        self.classes_, codes = np.unique(y, return_inverse=True)
        n, d = X.shape
        k = self.classes_.size
        self.W = np.zeros((d, k))
        self.b = np.zeros(k)
        self.loss_ = []
        for self.n_iter_ in range(1, self.max_iter + 1):
            P = self._softmax(X @ self.W + self.b)
            self.loss_.append(-np.log(P[np.arange(n), codes] + 1e-300).mean() + self.reg * (self.W**2).sum())
            P[np.arange(n), codes] -= 1.0
            gW = X.T @ P / n + 2 * self.reg * self.W
            gb = P.sum(axis=0) / n
            self.W -= self.learning_rate * gW
            self.b -= self.learning_rate * gb
            if max(np.abs(gW).max(), np.abs(gb).max()) < self.tol:
                break
        return self

    def predict_proba(self, X):
        return self._softmax(np.asarray(X, float) @ self.W + self.b)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))
