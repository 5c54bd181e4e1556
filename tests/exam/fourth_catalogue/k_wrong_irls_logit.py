import numpy as np


class IRLSClassifier:
    """Penalised logistic regression by iteratively reweighted least squares.

    Minimises  -loglik(w, b) + reg/2 * ||w||^2  (intercept unpenalised), labels 0/1.
    """

    def __init__(self, reg=1.0, n_iterations=100, tol=1e-8):
        self.reg = reg
        self.n_iterations = n_iterations
        self.tol = tol

    def fit(self, X, y):
        X1 = np.hstack([np.ones((len(X), 1)), np.asarray(X, dtype=float)])
        y = np.asarray(y, dtype=float).ravel()
        D = self.reg * np.eye(X1.shape[1])
        D[0, 0] = 0.0
        self.beta = np.zeros(X1.shape[1])
        for self.n_iter_ in range(1, self.n_iterations + 1):
            p = self._prob(X1)
            weights = np.maximum(p * (1 - p), 1e-10)
            H = X1.T @ (weights[:, None] * X1) + D
            change = np.linalg.solve(H, X1.T @ (y - p))
            self.beta += change
            if np.linalg.norm(change) < self.tol:
                break
        self.intercept_, self.coef_ = self.beta[0], self.beta[1:]
        return self

    def _prob(self, X1):
        return 1 / (1 + np.exp(-np.clip(X1 @ self.beta, -40, 40)))

    def predict_proba(self, X):
        return self._prob(np.hstack([np.ones((len(X), 1)), np.asarray(X, dtype=float)]))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
