# titanic-logreg-from-scratch (exported from Kaggle)
import numpy as np


class LogReg:
    """Logistic regression for 0/1 targets; features are normalised inside, no need to scale them before."""

    def __init__(self, lr=0.3, n_iter=2000, C=100.0):
        self.lr = lr
        self.n_iter = n_iter
        self.C = C

    def _prepare(self, X):
        X = np.asarray(X, dtype=np.float64)
        X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9)
        return np.concatenate([np.ones((X.shape[0], 1)), X], axis=1)

    def fit(self, X, y):
        A = self._prepare(X)
        y = np.asarray(y, dtype=np.float64)
        self.w = np.zeros(A.shape[1])
        mask = np.ones_like(self.w)
        mask[0] = 0
        for i in range(self.n_iter):
            p = 1 / (1 + np.exp(-A @ self.w))
            g = (A.T @ (p - y) + mask * self.w / self.C) / len(y)
            self.w -= self.lr * g
        return self

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-self._prepare(X) @ self.w))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)


# In[7]:
if __name__ == "__main__":
    rs = np.random.RandomState(0)
    age, fare, pclass = rs.uniform(1, 80, 600), rs.gamma(2, 20, 600), rs.randint(1, 4, 600)
    X = np.c_[age, fare, pclass]
    y = (rs.rand(600) < 1 / (1 + np.exp(0.03 * age - 0.02 * fare + pclass - 2))).astype(int)
    clf = LogReg().fit(X[:450], y[:450])
    print("valid acc:", (clf.predict(X[450:]) == y[450:]).mean())
