"""Logistic regression with an L1 penalty by accelerated proximal gradient (FISTA)."""

import numpy as np


class SparseLogistic:
    """Binary classifier that minimises

        (1/n) sum_i log(1 + exp(-s_i (x_i . w + b)))  +  alpha * sum_j |w_j|

    where s_i = -1 for ``classes_[0]`` and +1 for ``classes_[1]``.  b is not penalised.

    Parameters
    ----------
    alpha : float
        Strength of the penalty.
    max_iter : int
        Upper bound for the number of proximal steps.
    tol : float
        Stop when no parameter moves by more than tol times the largest.
    """

    def __init__(self, alpha=0.01, max_iter=20000, tol=1e-10):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(y, return_inverse=True)
        s = 2.0 * idx - 1.0
        n, d = X.shape
        centre, scale = X.mean(axis=0), X.std(axis=0)
        scale[scale == 0] = 1.0
        Z = np.hstack([(X - centre) / scale, np.ones((n, 1))])
        step = 4.0 * n / np.linalg.norm(Z, 2) ** 2
        thresh = np.append(step * self.alpha / scale, 0.0)
        u = np.zeros(d + 1)
        v, t = u.copy(), 1.0
        for self.n_iter_ in range(1, self.max_iter + 1):
            margin = np.clip(s * (Z @ v), -500, 500)
            grad = -Z.T @ (s / (1.0 + np.exp(margin))) / n
            cand = v - step * grad
            new = np.sign(cand) * np.maximum(np.abs(cand) - thresh, 0.0)
            if (v - new) @ (new - u) > 0:
                t = 1.0
            t_next = (1.0 + np.sqrt(1.0 + 4.0 * t * t)) / 2.0
            v = new + (t - 1.0) / t_next * (new - u)
            moved = np.max(np.abs(new - u))
            u, t = new, t_next
            if moved <= self.tol * max(np.max(np.abs(u)), 1e-12):
                break
        self.coef_ = u[:-1] / scale
        self.intercept_ = u[-1] - centre @ self.coef_
        return self

    def predict(self, X):
        z = np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
        return self.classes_[(z > 0).astype(int)]
