# ruff: noqa
"""Logistic regression with labels -1/+1 inside, accelerated gradient (Nesterov).

    F(w, b) = mean_i log(1 + exp(-s_i (x_i w + b))) + (lam / 2) ||w||^2

s_i is -1 for the smaller and +1 for the larger of the two labels in y;
predict gives the caller's labels. The step is chosen from the data, so there
is no learning rate. b is not penalised.
"""

import numpy as np


class SignLogit:
    def __init__(self, lam=1e-3, max_iter=20000, tol=1e-9):
        self.lam = lam
        self.max_iter = max_iter
        self.tol = tol

    def _grad(self, A, s, v):
        margin = s * (A @ v)
        # d/dm log(1+exp(-m)) = -1/(1+exp(m))
        g = A.T @ (-s * np.exp(-np.logaddexp(0.0, margin))) / len(s)
        g[:-1] += self.lam * v[:-1]
        return g

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("exactly two labels are needed")
        s = np.where(y == self.classes_[1], 1.0, -1.0)

        # step 1/L, L a bound for the curvature
        A = np.column_stack([X, np.ones(len(X))])
        L = 0.25 * np.linalg.norm(A, 2) ** 2 / len(s) + self.lam
        v = np.zeros(A.shape[1])
        look, t = v.copy(), 1.0
        for self.n_iter_ in range(1, self.max_iter + 1):
            g = self._grad(A, s, look)
            new = look - g / L
            if (look - new) @ (new - v) > 0:  # restart
                t = 1.0
            t_new = 0.5 * (1 + np.sqrt(1 + 4 * t * t))
            look = new + (t - 1) / t_new * (new - v)
            v, t = new, t_new
            if np.abs(self._grad(A, s, v)).max() < self.tol:
                break
        self.coef_, self.intercept_ = v[:-1], v[-1]
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        d = self.decision_function(X)
        return np.column_stack([np.exp(-np.logaddexp(0, d)), np.exp(-np.logaddexp(0, -d))])

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
