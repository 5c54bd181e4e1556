import numpy as np


class SparseLogisticRegression:
    """L1-penalised logistic regression (ISTA).

    Minimises  mean(log(1 + exp(-s * f(x)))) + alpha * sum(|w|),  s in {-1, +1},
    f(x) = w.x + b with b unpenalised.
    """

    def __init__(self, alpha=0.01, learning_rate=0.3, max_iter=10000, tol=1e-8):
        self.alpha = alpha
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.tol = tol

    def _shrink(self, w):
        return np.sign(w) * np.maximum(np.abs(w) - self.alpha, 0.0)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        s = np.where(np.asarray(y) == self.classes_[1], 1.0, -1.0)
        n, p = X.shape
        w = np.zeros(p)
        b = 0.0
        for self.n_iter_ in range(1, self.max_iter + 1):
            margin = s * (X @ w + b)
            c = -s / (1.0 + np.exp(np.minimum(margin, 500)))
            w_new = self._shrink(w - self.learning_rate * X.T @ c / n)
            b_new = b - self.learning_rate * c.mean()
            moved = max(np.abs(w_new - w).max(), abs(b_new - b))
            w, b = w_new, b_new
            if moved < self.tol:
                break
        self.coef_ = w
        self.intercept_ = b
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
