import numpy as np


def prox_elastic(v, t, l1, l2):
    return np.sign(v) * np.maximum(np.abs(v) - t * l1, 0.0) / (1.0 + t * l2)


class ElasticNetISTA:
    """
    Proximal gradient for

        1/(2n) |y - Xw - b|^2 + alpha * ratio * |w|_1 + alpha * (1 - ratio) / 2 * |w|^2
    """

    def __init__(self, alpha=0.5, ratio=0.5, n_iters=3000):
        self.alpha, self.ratio, self.n_iters = alpha, ratio, n_iters

    def fit(self, X, y):
        n = X.shape[0]
        l1 = self.alpha * self.ratio
        l2 = self.alpha * (1 - self.ratio)
        xm, ym = X.mean(axis=0), y.mean()
        Xc, yc = X - xm, y - ym
        t = 1.0 / (np.linalg.eigvalsh(Xc.T @ Xc / n)[-1] + l2)
        w = np.zeros(X.shape[1])
        for _ in range(self.n_iters):
            grad = Xc.T @ (Xc @ w - yc) / n + l2 * w
            w = prox_elastic(w - t * grad, t, l1, l2)
        self.coef_ = w
        self.intercept_ = ym - xm @ w
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_
