import numpy as np


def expit(t):
    out = np.empty_like(t, dtype=float)
    pos = t >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-t[pos]))
    e = np.exp(t[~pos])
    out[~pos] = e / (1.0 + e)
    return out


class PenalizedLogit:
    """Binary logistic regression by Newton-Raphson.

    Maximises  sum_i log f(y_i | x_i)  -  (ridge / 2) * ||beta||^2 ;
    the intercept is free.  Step halving guards against overshooting.
    """

    def __init__(self, ridge=1.0, tol=1e-10, max_iter=50):
        self.ridge = ridge
        self.tol = tol
        self.max_iter = max_iter

    def _loglik(self, D, t, b):
        eta = D @ b
        return t @ eta - np.logaddexp(0, eta).sum() - 0.5 * self.ridge * b[1:] @ b[1:]

    def fit(self, X, y):
        X = np.asarray(X, float)
        self.classes_, t = np.unique(y, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("two classes expected")
        t = t.ravel().astype(float)
        D = np.hstack([np.ones((X.shape[0], 1)), X])
        P = self.ridge * np.eye(D.shape[1])
        P[0, 0] = 0.0
        b = np.zeros(D.shape[1])
        ll = self._loglik(D, t, b)
        for self.n_iter_ in range(1, self.max_iter + 1):
            p = expit(D @ b)
            score = D.T @ (t - p) - P @ b
            info = (D.T * (p * (1 - p))) @ D + P
            step = np.linalg.solve(info, score)
            f = 1.0
            while True:
                new = b + f * step
                ll_new = self._loglik(D, t, new)
                if ll_new >= ll - 1e-12 * abs(ll) or f < 1e-6:
                    break
                f /= 2
            done = np.max(np.abs(new - b)) < self.tol
            b, ll = new, ll_new
            if done:
                break
        self.intercept_ = b[0]
        self.coef_ = b[1:]
        self.loglik_ = ll
        return self

    def decision_function(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = expit(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
