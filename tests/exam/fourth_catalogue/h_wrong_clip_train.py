import numpy as np


def clip_grad_norm(grads, max_norm):
    """Rescale a list of gradients so that their joint L2 norm is at most max_norm."""
    total = np.sqrt(sum(np.sum(g * g) for g in grads))
    scale = max_norm / (total + 1e-6)
    return [g * scale for g in grads]


class SoftmaxRegression:
    def __init__(self, lr=0.5, steps=1000, max_norm=1.0, l2=0.01):
        self.lr, self.steps, self.max_norm, self.l2 = lr, steps, max_norm, l2

    def _proba(self, X):
        z = X @ self.W + self.b
        z = np.exp(z - z.max(axis=1, keepdims=True))
        return z / z.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, float)
        self.classes_, y = np.unique(y, return_inverse=True)
        self.mu_, self.sd_ = X.mean(0), X.std(0)
        Z = (X - self.mu_) / self.sd_
        T = np.eye(len(self.classes_))[y]
        self.W = np.zeros((Z.shape[1], T.shape[1]))
        self.b = np.zeros(T.shape[1])
        for _ in range(self.steps):
            d = (self._proba(Z) - T) / len(Z)
            gW, gb = clip_grad_norm([Z.T @ d + self.l2 * self.W, d.sum(0)], self.max_norm)
            self.W -= self.lr * gW
            self.b -= self.lr * gb
        return self

    def predict_proba(self, X):
        return self._proba((np.asarray(X, float) - self.mu_) / self.sd_)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(1)]
