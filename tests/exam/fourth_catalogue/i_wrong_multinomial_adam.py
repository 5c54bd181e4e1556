import numpy as np


class MultinomialLogisticRegression:
    """Softmax regression, full-batch Adam.

    J(W, b) = -1/n sum_i log p(y_i | x_i) + lam/2 ||W||_F^2
    """

    def __init__(self, lam=0.01, lr=0.05, max_iter=3000):
        self.lam = lam
        self.lr = lr
        self.max_iter = max_iter

    def _probs(self, X, W):
        S = X @ W
        S -= S.max(axis=1)[:, None]
        np.exp(S, out=S)
        S /= S.sum(axis=1)[:, None]
        return S

    def _bias_column(self, X):
        X = np.asarray(X, dtype=float)
        return np.concatenate([X, np.ones((X.shape[0], 1))], axis=1)

    def fit(self, X, y):
        Xb = self._bias_column(X)
        self.classes_, codes = np.unique(y, return_inverse=True)
        Y = np.eye(self.classes_.size)[codes]
        W = np.zeros((Xb.shape[1], Y.shape[1]))
        m = np.zeros_like(W)
        v = np.zeros_like(W)
        self.losses_ = []
        for t in range(1, self.max_iter + 1):
            P = self._probs(Xb, W)
            self.losses_.append(-np.log(P[Y == 1] + 1e-15).mean() + 0.5 * self.lam * (W[:-1] ** 2).sum())
            grad = Xb.T @ (P - Y) / Y.size
            grad[:-1] += self.lam * W[:-1]
            m = 0.9 * m + 0.1 * grad
            v = 0.999 * v + 0.001 * grad**2
            W = W - self.lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        self.W_ = W
        return self

    def predict_proba(self, X):
        return self._probs(self._bias_column(X), self.W_)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
