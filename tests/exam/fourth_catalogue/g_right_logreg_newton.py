"""L2-penalised binary logistic regression fitted with Newton's method."""

import numpy as np


class LogisticRegression:
    """
    Minimises   sum_i log(1 + exp(-s_i * f(x_i))) + 1/(2C) * ||w||^2,   s_i in {-1, +1}.

    The intercept is not penalised.  Labels may be anything np.unique can sort.
    """

    def __init__(self, C=1.0, max_iter=50, tol=1e-8):
        self.C = C
        self.max_iter = max_iter
        self.tol = tol

    @staticmethod
    def _sigmoid(t):
        e = np.exp(-np.abs(t))
        return np.where(t >= 0, 1 / (1 + e), e / (1 + e))

    def _objective(self, A, t, theta):
        z = A @ theta
        return np.sum(np.logaddexp(0, z) - t * z) + theta[1:] @ theta[1:] / (2 * self.C)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("this solver needs exactly two classes")
        t = (np.asarray(y) == self.classes_[1]).astype(float)
        A = np.column_stack([np.ones(len(X)), X])
        penalty = np.full(A.shape[1], 1.0 / self.C)
        penalty[0] = 0.0
        theta = np.zeros(A.shape[1])
        obj = self._objective(A, t, theta)
        for self.n_iter_ in range(1, self.max_iter + 1):
            p = self._sigmoid(A @ theta)
            grad = A.T @ (p - t) + penalty * theta
            if np.max(np.abs(grad)) < self.tol:
                break
            hess = (A * (p * (1 - p))[:, None]).T @ A + np.diag(penalty)
            step = np.linalg.lstsq(hess, grad, rcond=None)[0]
            scale = 1.0
            while scale > 1e-8:
                new = theta - scale * step
                new_obj = self._objective(A, t, new)
                if new_obj <= obj:
                    break
                scale /= 2
            else:
                break
            theta, obj = new, new_obj
        self.intercept_ = theta[0]
        self.coef_ = theta[1:]
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
