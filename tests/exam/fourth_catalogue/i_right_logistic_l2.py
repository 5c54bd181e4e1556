import numpy as np


class LogisticRegression:
    """Binary logistic regression, L2 penalised like sklearn's C:

    C * sum(log loss) + 0.5 * ||w||^2
    """

    def __init__(self, C=1.0, max_iter=20000, tol=1e-7):
        self.C = C
        self.max_iter = max_iter
        self.tol = tol

    @staticmethod
    def _sigmoid(z):
        return 0.5 * (1.0 + np.tanh(0.5 * z))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(y, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("need exactly two classes")
        n, d = X.shape
        A = np.hstack([X, np.ones((n, 1))])
        beta = np.zeros(d + 1)
        pen = np.r_[np.full(d, 1.0 / (self.C * n)), 0.0]
        # step from the largest curvature
        L = 0.25 * np.linalg.norm(A, 2) ** 2 / n + pen.max()
        step = 1.0 / L
        v = beta.copy()
        k = 1.0
        for it in range(self.max_iter):
            g = A.T @ (self._sigmoid(A @ v) - t) / n + pen * v
            new = v - step * g
            if np.abs(g).max() < self.tol:
                beta = new
                break
            if g @ (new - beta) > 0:
                k = 1.0
            k_next = (1 + np.sqrt(1 + 4 * k * k)) / 2
            v = new + (k - 1) / k_next * (new - beta)
            beta, k = new, k_next
        self.n_iter_ = it + 1
        self.coef_ = beta[:-1]
        self.intercept_ = beta[-1]
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
