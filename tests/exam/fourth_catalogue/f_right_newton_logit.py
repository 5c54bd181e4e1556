import numpy as np


class LogisticRegression:
    """Binary logistic regression by damped Newton steps.

    Minimises 0.5 * ||w||^2 + C * sum_i s_i log(1 + exp(-y_i (x_i w + b))), y in {-1, 1};
    b is free of penalty.  penalty='none' drops the first term.
    """

    def __init__(self, C=1.0, penalty="l2", fit_intercept=True, class_weight=None, max_iter=100, tol=1e-10):
        self.C = C
        self.penalty = penalty
        self.fit_intercept = fit_intercept
        self.class_weight = class_weight
        self.max_iter = max_iter
        self.tol = tol

    def _objective(self, A, t, s, R, theta):
        return self.C * np.sum(s * np.logaddexp(0, -t * (A @ theta))) + 0.5 * theta @ (R * theta)

    def fit(self, X, y, sample_weight=None):
        X = np.asarray(X, float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("two classes expected")
        t = np.where(np.asarray(y) == self.classes_[1], 1.0, -1.0)
        n, d = X.shape
        s = np.ones(n) if sample_weight is None else np.array(sample_weight, float)
        if self.class_weight == "balanced":
            for v in (-1.0, 1.0):
                s[t == v] *= n / (2.0 * np.sum(t == v))
        elif self.class_weight is not None:
            for v, c in zip((-1.0, 1.0), self.classes_):
                s[t == v] *= self.class_weight.get(c, 1.0)
        A = np.hstack([X, np.ones((n, 1))]) if self.fit_intercept else X
        R = np.full(A.shape[1], 1.0 if self.penalty == "l2" else 0.0)
        if self.fit_intercept:
            R[-1] = 0.0
        theta = np.zeros(A.shape[1])
        f = self._objective(A, t, s, R, theta)
        for self.n_iter_ in range(1, self.max_iter + 1):
            p = 0.5 * (1 + np.tanh(0.5 * (A @ theta)))
            g = self.C * A.T @ (s * (p - (t > 0))) + R * theta
            H = self.C * (A.T * (s * p * (1 - p))) @ A + np.diag(R)
            H[np.diag_indices_from(H)] += 1e-12
            step = np.linalg.solve(H, g)
            k = 1.0
            while k > 1e-8:
                f_new = self._objective(A, t, s, R, theta - k * step)
                if f_new <= f - 1e-4 * k * (g @ step):
                    break
                k *= 0.5
            theta = theta - k * step
            f = f_new
            if np.abs(k * step).max() < self.tol:
                break
        self.coef_ = theta[:d]
        self.intercept_ = theta[d] if self.fit_intercept else 0.0
        return self

    def decision_function(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = 0.5 * (1 + np.tanh(0.5 * self.decision_function(X)))
        return np.c_[1 - p, p]

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
