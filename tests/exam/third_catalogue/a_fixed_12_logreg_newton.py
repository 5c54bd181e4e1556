# ruff: noqa
# Newton-Raphson logistic regression with an L2 penalty
import numpy as np
from numpy.linalg import solve


def expit(z):
    return 0.5 * (1.0 + np.tanh(0.5 * z))


class NewtonLogit:
    """Minimises   C * sum_i logloss_i  +  0.5 * ||w||^2
    (scikit-learn's parametrisation; the intercept is free).

    C : inverse regularisation strength
    """

    def __init__(self, C=1.0, max_iter=50, tol=1e-8):
        self.C = C
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        assert self.classes_.size == 2, "binary problems only"
        t = (y == self.classes_[1]).astype(np.float64)

        n, d = X.shape
        A = np.concatenate([np.ones((n, 1)), X], axis=1)
        lam = np.full(d + 1, 1.0 / self.C)
        lam[0] = 0.0

        theta = np.zeros(d + 1)
        self.converged_ = False
        for k in range(self.max_iter):
            p = expit(A @ theta)
            r = np.maximum(p * (1 - p), 1e-10)
            grad = A.T @ (p - t) + lam * theta
            hess = (A * r[:, None]).T @ A + np.diag(lam)
            delta = solve(hess, grad)
            theta = theta - delta
            if np.abs(delta).max() < self.tol:
                self.converged_ = True
                break
        self.n_iter_ = k + 1
        self.intercept_ = theta[0]
        self.coef_ = theta[1:]
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=np.float64) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = expit(self.decision_function(X))
        return np.stack([1 - p, p], axis=1)

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, self.classes_[1], self.classes_[0])

    def score(self, X, y):
        return (self.predict(X) == np.asarray(y)).mean()
