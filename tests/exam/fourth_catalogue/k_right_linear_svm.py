import numpy as np


class LinearSVM:
    """Soft-margin linear SVM, full-batch subgradient descent with averaging.

    Objective:  lambda_/2 * ||w||^2 + mean(max(0, 1 - t * (Xw + b))),  t in {-1, +1}.
    Any two labels are accepted; the larger one is the positive class.
    """

    def __init__(self, lr=1.0, lambda_=0.01, n_iterations=10000):
        self.lr = lr
        self.lambda_ = lambda_
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("LinearSVM is a binary classifier")
        t = np.where(np.asarray(y) == self.classes_[1], 1.0, -1.0)
        n, d = X.shape
        w, b = np.zeros(d), 0.0
        w_sum, b_sum, count = np.zeros(d), 0.0, 0
        for k in range(self.n_iterations):
            active = t * (X @ w + b) < 1
            gw = self.lambda_ * w - (t[active] @ X[active]) / n
            gb = -t[active].sum() / n
            step = self.lr / (1 + self.lr * self.lambda_ * k)
            w = w - step * gw
            b = b - step * gb
            if k >= self.n_iterations // 2:
                w_sum += w
                b_sum += b
                count += 1
        self.w = w_sum / count
        self.b = b_sum / count
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b

    def predict(self, X):
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
