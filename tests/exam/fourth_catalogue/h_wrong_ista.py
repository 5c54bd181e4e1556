import numpy as np


def soft_threshold(v, k):
    return np.sign(v) * np.maximum(np.abs(v) - k, 0)


class LassoISTA:
    """Lasso by proximal gradient descent.

    Objective: (1 / (2 n)) ||y - X w - b||^2 + alpha ||w||_1

    Parameters
    ----------
    alpha : float
    max_iter : int
    tol : float
        Largest change of a coefficient in the last step.
    """

    def __init__(self, alpha=0.1, max_iter=50000, tol=1e-10):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        n = len(y)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        Xc, yc = X - x_mean, y - y_mean
        L = np.linalg.norm(Xc, 2) ** 2 / n
        w = np.zeros(X.shape[1])
        for self.n_iter_ in range(1, self.max_iter + 1):
            grad = Xc.T @ (Xc @ w - yc) / n
            w_new = soft_threshold(w - grad / L, self.alpha)
            change = np.max(np.abs(w_new - w))
            w = w_new
            if change < self.tol:
                break
        self.coef_ = w
        self.intercept_ = y_mean - x_mean @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
