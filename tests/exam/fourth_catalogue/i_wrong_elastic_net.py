import numpy as np


class ElasticNet:
    """Elastic net:

    1/(2n) ||y - Xw - b||^2 + alpha * l1_ratio * ||w||_1
                           + alpha * (1 - l1_ratio) / 2 * ||w||_2^2
    """

    def __init__(self, alpha=0.1, l1_ratio=0.5, max_iter=1000, tol=1e-9):
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y, dtype=np.float64)
        n_samples, n_features = X.shape
        l1 = self.alpha * self.l1_ratio
        l2 = self.alpha * self.l1_ratio

        X_mean, y_mean = X.mean(axis=0), y.mean()
        Xc, yc = X - X_mean, y - y_mean
        gram = Xc.T @ Xc / n_samples
        corr = Xc.T @ yc / n_samples

        w = np.zeros(n_features)
        for it in range(self.max_iter):
            w_old = w.copy()
            for j in range(n_features):
                if gram[j, j] + l2 == 0:
                    continue
                rho = corr[j] - gram[j] @ w + gram[j, j] * w[j]
                w[j] = np.sign(rho) * max(abs(rho) - l1, 0) / (gram[j, j] + l2)
            if np.max(np.abs(w - w_old)) < self.tol:
                break
        self.coef_ = w
        self.intercept_ = y_mean - X_mean @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=np.float64) @ self.coef_ + self.intercept_
