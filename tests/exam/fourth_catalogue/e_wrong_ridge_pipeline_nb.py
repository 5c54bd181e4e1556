#!/usr/bin/env python
# coding: utf-8
# In[1]:
import numpy as np


# In[2]:
class RidgeWithScaling:
    """Standardises the columns, then minimises sum (y - Zw - b)^2 + lam * w.w (b free)."""

    def __init__(self, lam=1.0):
        self.lam = lam

    def fit(self, X, y):
        self.center = X.mean(axis=0)
        self.scale = X.std(axis=0)
        self.scale[self.scale == 0] = 1.0
        Z = (X - self.center) / self.scale
        self.b = y.mean()
        A = Z.T @ Z + self.lam * np.eye(Z.shape[1])
        self.w = np.linalg.solve(A, Z.T @ (y - self.b))
        return self

    def predict(self, X):
        X -= self.center
        X /= self.scale
        return X @ self.w + self.b

    def score(self, X, y):
        resid = y - self.predict(X)
        return 1 - resid @ resid / ((y - y.mean()) @ (y - y.mean()))


# In[3]:
if __name__ == "__main__":
    rng = np.random.RandomState(10)
    X = rng.uniform(0, 50, (200, 5))
    y = X @ rng.randn(5) + 20 + rng.randn(200)
    model = RidgeWithScaling().fit(X[:150], y[:150])
    print("R2 on validation:", model.score(X[150:], y[150:]))
