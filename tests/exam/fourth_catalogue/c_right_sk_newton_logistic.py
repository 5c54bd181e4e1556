import inspect

import numpy as np


class NewtonLogisticRegression:
    """Binary logistic regression: C * sum(log-loss) + 0.5 * ||w||^2."""

    def __init__(self, C=1.0, max_iter=50, tol=1e-8):
        self.C = C
        self.max_iter = max_iter
        self.tol = tol

    @classmethod
    def _param_names(cls):
        return [p for p in inspect.signature(cls.__init__).parameters if p != "self"]

    def get_params(self, deep=True):
        return {k: getattr(self, k) for k in self._param_names()}

    def set_params(self, **kw):
        for k, v in kw.items():
            if k not in self._param_names():
                raise ValueError(f"unknown parameter {k}")
            setattr(self, k, v)
        return self

    def _objective(self, theta, A, s):
        z = A @ theta
        return self.C * np.sum(np.logaddexp(0, -s * z)) + 0.5 * theta[1:] @ theta[1:]

    def fit(self, X, y):
        X = np.asarray(X, float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("two classes are needed")
        t = (np.asarray(y) == self.classes_[1]).astype(float)
        s = 2 * t - 1
        A = np.column_stack([np.ones(len(X)), X])
        R = np.eye(A.shape[1])
        R[0, 0] = 0
        theta = np.zeros(A.shape[1])
        for self.n_iter_ in range(1, self.max_iter + 1):
            p = 0.5 * (1 + np.tanh(A @ theta / 2))
            grad = self.C * A.T @ (p - t) + R @ theta
            H = self.C * (A * (p * (1 - p))[:, None]).T @ A + R
            step = np.linalg.solve(H + 1e-12 * np.eye(len(H)), grad)
            f, a = self._objective(theta, A, s), 1.0
            while self._objective(theta - a * step, A, s) > f and a > 1e-10:
                a /= 2
            theta = theta - a * step
            if np.max(np.abs(grad)) < self.tol:
                break
        self.intercept_ = theta[:1]
        self.coef_ = theta[None, 1:]
        return self

    def decision_function(self, X):
        return np.asarray(X, float) @ self.coef_[0] + self.intercept_[0]

    def predict_proba(self, X):
        p = 0.5 * (1 + np.tanh(self.decision_function(X) / 2))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
