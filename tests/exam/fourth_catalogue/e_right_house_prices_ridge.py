# Exported from notebook: house-prices-ridge-from-scratch.ipynb
import numpy as np

# In[3]:


class MyRidge:
    """minimises ||y - Xw - c||^2 + alpha * ||w||^2, c is free"""

    def __init__(self, alpha=10.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        x_bar, y_bar = X.mean(axis=0), y.mean()
        Xc, yc = X - x_bar, y - y_bar
        U, s, Vt = np.linalg.svd(Xc, full_matrices=False)
        keep = s > 1e-12 * s.max()
        d = np.zeros_like(s)
        d[keep] = s[keep] / (s[keep] ** 2 + self.alpha)
        self.w_ = Vt.T @ (d * (U.T @ yc))
        self.c_ = y_bar - x_bar @ self.w_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w_ + self.c_


# In[5]:


def rmsle(y_true, y_pred):
    return np.sqrt(np.mean((np.log1p(y_pred) - np.log1p(y_true)) ** 2))


def cv_rmse(alpha, X, y, n_folds=5, seed=42):
    order = np.random.RandomState(seed).permutation(len(y))
    scores = []
    for val in np.array_split(order, n_folds):
        trn = np.setdiff1d(order, val)
        m = MyRidge(alpha).fit(X[trn], y[trn])
        scores.append(np.sqrt(np.mean((y[val] - m.predict(X[val])) ** 2)))
    return np.mean(scores)


# In[8]:

if __name__ == "__main__":
    rs = np.random.RandomState(1)
    X = rs.gamma(3, 500, size=(300, 6))
    y = 11 + X @ rs.uniform(-1e-4, 4e-4, 6) + 0.1 * rs.randn(300)
    for a in [0.1, 1, 10, 100, 1000]:
        print(a, cv_rmse(a, X, y))
