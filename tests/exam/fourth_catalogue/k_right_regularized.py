import numpy as np


class NoPenalty:
    def __call__(self, w):
        return 0.0

    def grad(self, w):
        return np.zeros_like(w)


class L2Penalty:
    """1/2 * reg * ||w||_2^2"""

    def __init__(self, reg):
        self.reg = reg

    def __call__(self, w):
        return 0.5 * self.reg * w.dot(w)

    def grad(self, w):
        return self.reg * w


class Regression(object):
    """Least squares by gradient descent.

    Minimises  1/(2n) * ||y - Xw - b||^2 + penalty(w).
    The intercept (column 0 of the design matrix) is left out of the penalty.
    """

    def __init__(self, n_iterations=4000, learning_rate=0.05, penalty=None):
        self.n_iterations = n_iterations
        self.learning_rate = learning_rate
        self.penalty = penalty if penalty is not None else NoPenalty()
        self.training_errors = []

    def initialize_weights(self, n_features):
        limit = 1 / np.sqrt(n_features)
        rng = np.random.RandomState(0)
        self.w = rng.uniform(-limit, limit, (n_features,))

    def fit(self, X, y):
        X = np.insert(np.asarray(X, dtype=float), 0, 1, axis=1)
        y = np.asarray(y, dtype=float).reshape(-1)
        n = len(y)
        self.initialize_weights(X.shape[1])
        self.training_errors = []
        for _ in range(self.n_iterations):
            diff = X.dot(self.w) - y
            self.training_errors.append(0.5 * np.mean(diff**2) + self.penalty(self.w[1:]))
            grad_w = X.T.dot(diff) / n
            grad_w[1:] += self.penalty.grad(self.w[1:])
            self.w -= self.learning_rate * grad_w
        return self

    def predict(self, X):
        X = np.insert(np.asarray(X, dtype=float), 0, 1, axis=1)
        return X.dot(self.w)


class RidgeRegression(Regression):
    """Linear regression with an L2 penalty of strength `reg`."""

    def __init__(self, reg=0.1, n_iterations=4000, learning_rate=0.05):
        super(RidgeRegression, self).__init__(n_iterations, learning_rate, L2Penalty(reg))
