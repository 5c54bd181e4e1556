import numpy as np


class LogisticRegression(object):
    """Two-class logistic regression fitted by Newton's method (IRLS).

    Labels may be of any type. predict_proba returns an (n, 2) array whose
    columns follow `classes_`.
    """

    def __init__(self, max_iter=50, tol=1e-10, ridge=1e-3):
        self.max_iter = max_iter
        self.tol = tol
        self.ridge = ridge

    def fit(self, X, y):
        X1 = self._add_ones(X)
        self.classes_ = np.unique(y)
        assert self.classes_.size == 2, "binary problems only"
        t = (np.asarray(y) == self.classes_[1]).astype(float)
        R = self.ridge * np.eye(X1.shape[1])
        R[0, 0] = 0.0
        beta = np.zeros(X1.shape[1])
        for self.n_iter_ in range(1, self.max_iter + 1):
            p = self._p(X1, beta)
            W = p * (1 - p)
            H = X1.T @ (W[:, None] * X1) + R
            g = X1.T @ (t - p) - R @ beta
            delta = np.linalg.solve(H, g)
            beta = beta + delta
            if np.max(np.abs(delta)) < self.tol:
                break
        self.beta_ = beta
        return self

    @staticmethod
    def _add_ones(X):
        X = np.asarray(X, dtype=float)
        return np.hstack((np.ones((X.shape[0], 1)), X))

    @staticmethod
    def _p(X1, beta):
        return 1.0 / (1.0 + np.exp(-np.clip(X1 @ beta, -700, 700)))

    def predict_proba(self, X):
        p = self._p(self._add_ones(X), self.beta_)
        return np.column_stack((p, 1 - p))

    def predict(self, X):
        p = self._p(self._add_ones(X), self.beta_)
        return np.where(p >= 0.5, self.classes_[1], self.classes_[0])
