import numpy as np


class LogisticIRLS:
    def __init__(self, max_iter=25, ridge=1e-4, tol=1e-8):
        self.max_iter = max_iter
        self.ridge = ridge
        self.tol = tol

    def fit(self, X, y):
        Xb = np.c_[X, np.ones(X.shape[0])]
        k = Xb.shape[1]
        R = self.ridge * np.eye(k)
        R[-1, -1] = 0
        beta = np.zeros(k)
        for _ in range(self.max_iter):
            mu = self._expit(Xb @ beta)
            s = mu * (1 - mu)
            hessian = (Xb.T * s) @ Xb + R
            gradient = Xb.T @ (y - mu) - R @ beta
            delta = np.linalg.solve(hessian, gradient)
            beta += delta
            if np.abs(delta).max() < self.tol:
                break
        self.beta = beta
        return self

    def _expit(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -100, 100)))

    def predict_proba(self, X):
        Xb = np.c_[np.ones(X.shape[0]), X]
        return self._expit(Xb @ self.beta)

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
