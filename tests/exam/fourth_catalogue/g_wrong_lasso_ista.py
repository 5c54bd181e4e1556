import numpy as np


class LassoISTA:
    """Lasso, 1/(2n) ||y - X w - b||^2 + alpha ||w||_1, by proximal gradient (ISTA)."""

    def __init__(self, alpha=0.1, max_iter=3000):
        self.alpha = alpha
        self.max_iter = max_iter

    @staticmethod
    def prox(v, t):
        return np.sign(v) * np.maximum(np.abs(v) - t, 0.0)

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y, dtype=np.float64)
        n = X.shape[0]
        x_bar, y_bar = X.mean(axis=0), y.mean()
        Xc, yc = X - x_bar, y - y_bar
        step = n / np.linalg.norm(Xc, 2) ** 2
        w = np.zeros(X.shape[1])
        for _ in range(self.max_iter):
            grad = Xc.T @ (Xc @ w - yc) / n
            w = self.prox(w - step * grad, self.alpha)
        self.coef_ = w
        self.intercept_ = y_bar - x_bar @ w
        return self

    def predict(self, X):
        return np.asarray(X) @ self.coef_ + self.intercept_
