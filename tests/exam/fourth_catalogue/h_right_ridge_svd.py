import numpy as np


class RidgePath:
    """Ridge regression for a whole grid of penalties from one SVD.

    minimises ||y - a - Xb||^2 + alpha ||b||^2.  After ``fit`` the alpha with the
    smallest generalised cross-validation score is used for ``predict``.
    """

    def __init__(self, alphas=(0.01, 0.1, 1.0, 10.0, 100.0)):
        self.alphas = alphas

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n = X.shape[0]
        self.x_mean_ = X.mean(axis=0)
        self.y_mean_ = y.mean()
        Xc, yc = X - self.x_mean_, y - self.y_mean_
        U, s, Vt = np.linalg.svd(Xc, full_matrices=False)
        keep = s > s[0] * 1e-12
        U, s, Vt = U[:, keep], s[keep], Vt[keep]
        uty = U.T @ yc
        self.coef_path_ = np.zeros((len(self.alphas), X.shape[1]))
        self.df_ = np.zeros(len(self.alphas))
        self.gcv_ = np.zeros(len(self.alphas))
        for i, a in enumerate(self.alphas):
            shrink = s / (s**2 + a)
            self.coef_path_[i] = Vt.T @ (shrink * uty)
            self.df_[i] = np.sum(s * shrink) + 1
            rss = np.sum((yc - Xc @ self.coef_path_[i]) ** 2)
            self.gcv_[i] = n * rss / (n - self.df_[i]) ** 2
        best = int(np.argmin(self.gcv_))
        self.alpha_ = self.alphas[best]
        self.coef_ = self.coef_path_[best]
        self.intercept_ = self.y_mean_ - self.x_mean_ @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
