import numpy as np


class LogisticRegressionGD:
    """Binary logistic regression trained with full-batch gradient descent.

    The objective is the (weighted) mean log loss plus alpha/2 * ||w||^2.

    class_weight : None, 'balanced' or {label: weight}
        'balanced' uses n_samples / (n_classes * count(label)).
    """

    def __init__(self, eta=0.5, n_iter=3000, alpha=0.0, class_weight=None, tol=1e-7):
        self.eta = eta
        self.n_iter = n_iter
        self.alpha = alpha
        self.class_weight = class_weight
        self.tol = tol

    def _make_weights(self, y01, sample_weight):
        n = len(y01)
        w = np.ones(n) if sample_weight is None else np.array(sample_weight, float)
        if self.class_weight is None:
            cw = np.ones(2)
        elif self.class_weight == "balanced":
            cw = n / (2.0 * np.bincount(y01, minlength=2))
        else:
            cw = np.array([self.class_weight.get(c, 1.0) for c in self.classes_])
        w = w * cw[y01]
        return w / w.sum()

    @staticmethod
    def _sigmoid(t):
        return 0.5 * (1.0 + np.tanh(0.5 * t))

    def decision_function(self, X):
        return np.asarray(X, float) @ self.coef_ + self.intercept_

    def fit(self, X, y, sample_weight=None):
        X = np.asarray(X, float)
        self.classes_, y01 = np.unique(y, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("LogisticRegressionGD is a binary classifier")
        sw = self._make_weights(y01, sample_weight)
        self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = 0.0
        self.losses_ = []
        for _ in range(self.n_iter):
            z = self.decision_function(X)
            err = self._sigmoid(z) - y01
            grad_w = X.T @ (sw * err) + self.alpha * self.coef_
            grad_b = err.mean()
            self.coef_ -= self.eta * grad_w
            self.intercept_ -= self.eta * grad_b
            loss = np.sum(sw * (np.logaddexp(0, z) - y01 * z))
            self.losses_.append(loss + 0.5 * self.alpha * self.coef_ @ self.coef_)
            if np.sqrt(grad_w @ grad_w + grad_b**2) < self.tol:
                break
        return self

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]

    def score(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))
