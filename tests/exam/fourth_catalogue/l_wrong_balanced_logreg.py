import numpy as np


class LogisticRegression:
    """Logistic regression for 0/1 targets by full-batch gradient descent.

    class_weight: None or "balanced" (each class gets the weight n / (2 * n_class),
    so the rare class counts as much as the common one).
    """

    def __init__(self, lr=0.3, n_iter=3000, class_weight=None):
        self.lr = lr
        self.n_iter = n_iter
        self.class_weight = class_weight

    def _sample_weight(self, y):
        if self.class_weight is None:
            return np.ones(len(y))
        n_pos = y.sum()
        n_neg = len(y) - n_pos
        return np.where(y, len(y) / (2 * n_neg), len(y) / (2 * n_pos))

    def fit(self, X, y):
        X = np.asarray(X, float)
        y = np.asarray(y).astype(int)
        sw = self._sample_weight(y)
        self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = 0.0
        for _ in range(self.n_iter):
            g = sw * (self.predict_proba(X) - y)
            self.coef_ -= self.lr * (g @ X) / sw.sum()
            self.intercept_ -= self.lr * g.sum() / sw.sum()
        return self

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(np.asarray(X, float) @ self.coef_ + self.intercept_)))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)
