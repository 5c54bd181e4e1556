import numpy as np


class ElasticNet:
    """Elastic net trained by (sub)gradient descent.

    loss = 1/(2n) * ||y - Xw - b||^2
           + alpha * (l1_ratio * ||w||_1 + 0.5 * (1 - l1_ratio) * ||w||_2^2)
    """

    def __init__(self, alpha=0.1, l1_ratio=0.7, lr=0.05, n_iter=5000):
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.lr = lr
        self.n_iter = n_iter

    def fit(self, X, y):
        n, d = X.shape
        self.coef_ = np.zeros(d)
        self.intercept_ = 0.0
        for t in range(self.n_iter):
            lr = self.lr / (1 + 0.005 * t)
            err = X @ self.coef_ + self.intercept_ - y
            l1 = np.sign(self.coef_)
            l2 = self.coef_
            grad = X.T @ err / n + self.alpha * ((1 - self.l1_ratio) * l1 + self.l1_ratio * l2)
            self.coef_ = self.coef_ - lr * grad
            self.intercept_ -= lr * err.mean()
        return self

    def predict(self, X):
        return X @ self.coef_ + self.intercept_
