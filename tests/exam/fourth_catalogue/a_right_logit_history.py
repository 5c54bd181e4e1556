import numpy as np


class LogisticHistory:
    """Labels 0/1. fit returns the loss history."""

    def __init__(self, alpha=0.3, n_epochs=3000, min_delta=1e-9):
        self.alpha = alpha
        self.n_epochs = n_epochs
        self.min_delta = min_delta
        self.theta = None

    def _h(self, A):
        z = A @ self.theta
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

    @staticmethod
    def _ones(X):
        X = np.asarray(X, dtype=float)
        return np.hstack([np.ones((X.shape[0], 1)), X])

    def fit(self, X, y):
        A = self._ones(X)
        y = np.asarray(y, dtype=float).ravel()
        self.theta = np.zeros(A.shape[1])
        history = []
        for _ in range(self.n_epochs):
            h = self._h(A)
            self.theta = self.theta + self.alpha * A.T @ (y - h) / len(y)
            h = np.clip(self._h(A), 1e-15, 1 - 1e-15)
            history.append(-np.mean(y * np.log(h) + (1 - y) * np.log(1 - h)))
            if len(history) > 1 and 0 <= history[-2] - history[-1] < self.min_delta:
                break
        return history

    def predict_proba(self, X):
        h = self._h(self._ones(X))
        return np.column_stack([1 - h, h])

    def predict(self, X):
        return (self._h(self._ones(X)) > 0.5).astype(int)
