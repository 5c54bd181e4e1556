import numpy as np


class OneVsRestClassifier:
    """Fits one binary logistic regression per class; y may hold any integer labels."""

    def __init__(self, eta=0.3, n_iterations=2000):
        self.eta = eta
        self.n_iterations = n_iterations

    def _binary(self, X, t):
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.n_iterations):
            p = 1 / (1 + np.exp(-(X @ w + b)))
            w -= self.eta * X.T @ (p - t) / len(t)
            b -= self.eta * np.mean(p - t)
        return w, b

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y)
        self.mean_, self.scale_ = X.mean(axis=0), X.std(axis=0) + 1e-12
        Z = (X - self.mean_) / self.scale_
        self.classes_ = np.unique(y)
        fits = [self._binary(Z, (y == c).astype(float)) for c in self.classes_]
        self.coef_ = np.array([w for w, _ in fits])
        self.intercept_ = np.array([b for _, b in fits])
        return self

    def decision_function(self, X):
        Z = (np.asarray(X, float) - self.mean_) / self.scale_
        return Z @ self.coef_.T + self.intercept_

    def predict(self, X):
        return np.argmax(self.decision_function(X), axis=1)
