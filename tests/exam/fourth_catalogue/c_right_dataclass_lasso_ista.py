from dataclasses import dataclass, field

import numpy as np


@dataclass
class LassoISTA:
    alpha: float = 0.1
    max_iter: int = 5000
    tol: float = 1e-10
    coef: np.ndarray = field(default=None, init=False, repr=False)
    intercept: float = field(default=0.0, init=False)

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        n = len(y)
        mx, my = X.mean(axis=0), y.mean()
        Xc, yc = X - mx, y - my
        L = np.linalg.norm(Xc, 2) ** 2 / n
        if L == 0:
            L = 1.0
        w = np.zeros(X.shape[1])
        for _ in range(self.max_iter):
            u = w - Xc.T @ (Xc @ w - yc) / (n * L)
            new = np.sign(u) * np.maximum(np.abs(u) - self.alpha / L, 0.0)
            done = np.max(np.abs(new - w)) < self.tol
            w = new
            if done:
                break
        self.coef = w
        self.intercept = float(my - mx @ w)
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef + self.intercept
