import numpy as np


class BinaryLogisticRegression:
    """Accepts any two labels; learns with labels in {-1, +1} and the logistic loss."""

    def __init__(self, C=1.0, lr=0.1, max_iter=5000, tol=1e-6):
        self.C = C
        self.lr = lr
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("this classifier needs exactly two classes")
        t = np.where(np.asarray(y) == self.classes_[1], 1.0, -1.0)

        n, d = X.shape
        w, b = np.zeros(d), 0.0
        for i in range(self.max_iter):
            margin = t * (X @ w + b)
            # d/dm log(1 + exp(-m)) = -1 / (1 + exp(m))
            s = -t * np.exp(-np.logaddexp(0, margin))
            gw = X.T @ s / n + w / (self.C * n)
            gb = s.mean()
            w -= self.lr * gw
            b -= self.lr * gb
            if max(np.abs(gw).max(), abs(gb)) < self.tol:
                break
        self.coef_, self.intercept_ = w, b
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = np.exp(-np.logaddexp(0, -self.decision_function(X)))
        return np.vstack([1 - p, p]).T

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
