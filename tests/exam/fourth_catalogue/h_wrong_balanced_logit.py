import numpy as np


class BalancedLogistic:
    """Logistic regression by Newton's method with optional class weights.

    class_weight=None | 'balanced' | {label: weight}.  'balanced' gives every class the same
    total weight, as scikit-learn does.  C is the inverse strength of the L2 penalty.
    """

    def __init__(self, C=1.0, class_weight="balanced", n_iter=30):
        self.C = C
        self.class_weight = class_weight
        self.n_iter = n_iter

    def _sample_weights(self, codes):
        k = len(self.classes_)
        if self.class_weight is None:
            return np.ones(len(codes))
        if self.class_weight == "balanced":
            counts = np.bincount(codes, minlength=k)
            return (counts * k / len(codes))[codes]
        return np.array([self.class_weight[c] for c in self.classes_], dtype=float)[codes]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(y, return_inverse=True)
        sw = self._sample_weights(codes)
        A = np.hstack([X, np.ones((len(X), 1))])
        R = np.eye(A.shape[1]) / self.C
        R[-1, -1] = 0
        theta = np.zeros(A.shape[1])
        for _ in range(self.n_iter):
            p = 1 / (1 + np.exp(-A @ theta))
            g = A.T @ (sw * (p - codes)) + R @ theta
            H = (A.T * (sw * p * (1 - p))) @ A + R
            theta = theta - np.linalg.solve(H, g)
        self.coef_, self.intercept_ = theta[:-1], theta[-1]
        return self

    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
