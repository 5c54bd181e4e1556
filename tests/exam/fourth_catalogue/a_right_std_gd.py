import numpy as np


class StandardizingGD:
    def __init__(self, lr=0.2, max_iter=5000, tol=1e-12):
        self.lr = lr
        self.max_iter = max_iter
        self.tol = tol
        self.cost_history = []

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float).ravel()
        mu, sd = X.mean(axis=0), X.std(axis=0)
        sd[sd == 0] = 1.0
        Z = (X - mu) / sd
        n = len(y)
        w, b = np.zeros(Z.shape[1]), y.mean()
        self.cost_history = []
        for _ in range(self.max_iter):
            r = Z @ w + b - y
            self.cost_history.append(r @ r / (2 * n))
            gw, gb = Z.T @ r / n, r.mean()
            w -= self.lr * gw
            b -= self.lr * gb
            if max(np.abs(gw).max(), abs(gb)) < self.tol:
                break
        self.coef_ = w / sd
        self.intercept_ = b - np.sum(self.coef_ * mu)

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
