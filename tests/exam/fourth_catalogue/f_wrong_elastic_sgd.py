import numpy as np


class SGDLinearRegressor:
    """
    Linear regression fitted with proximal gradient steps on the whole training set.

    Loss: mean((y - Xw - b)**2) / 2 + alpha * R(w)

    penalty : {'none', 'l2', 'l1', 'elasticnet'}
        R(w) is 0.5*||w||^2 for l2, ||w||_1 for l1 and
        l1_ratio * ||w||_1 + 0.5 * (1 - l1_ratio) * ||w||^2 for elasticnet.
    l1_ratio : float in [0, 1], default 0.5
        l1_ratio=1 is the lasso, l1_ratio=0 is ridge.
    """

    def __init__(self, penalty="l2", alpha=1e-3, l1_ratio=0.5, max_iter=5000, tol=1e-9, fit_intercept=True):
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.max_iter = max_iter
        self.tol = tol
        self.fit_intercept = fit_intercept

    def _strengths(self):
        if self.penalty == "none":
            return 0.0, 0.0
        if self.penalty == "l1":
            return self.alpha, 0.0
        if self.penalty == "l2":
            return 0.0, self.alpha
        if self.penalty == "elasticnet":
            l1 = self.alpha * (1.0 - self.l1_ratio)
            l2 = self.alpha * self.l1_ratio
            return l1, l2
        raise ValueError("unknown penalty %r" % self.penalty)

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y, float)
        n, d = X.shape
        l1, l2 = self._strengths()
        mu = X.mean(0) if self.fit_intercept else np.zeros(d)
        ybar = y.mean() if self.fit_intercept else 0.0
        A, t = X - mu, y - ybar
        step = 1.0 / (np.linalg.norm(A, 2) ** 2 / n + l2)
        w = np.zeros(d)
        z, k = w.copy(), 1.0
        for self.n_iter_ in range(1, self.max_iter + 1):
            g = A.T @ (A @ z - t) / n + l2 * z
            v = z - step * g
            w_new = np.sign(v) * np.maximum(np.abs(v) - step * l1, 0)
            k_new = 0.5 * (1 + np.sqrt(1 + 4 * k * k))
            z = w_new + (k - 1) / k_new * (w_new - w)
            delta = np.abs(w_new - w).max()
            w, k = w_new, k_new
            if delta < self.tol:
                break
        self.coef_ = w
        self.intercept_ = ybar - mu @ w
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_
