import numpy as np


class l1_regularization:
    """Penalty of Lasso Regression: alpha * ||w||_1"""

    def __init__(self, alpha):
        self.alpha = alpha

    def __call__(self, w):
        return self.alpha * np.linalg.norm(w)

    def grad(self, w):
        return self.alpha * w / (np.linalg.norm(w) + 1e-12)


class LassoRegression(object):
    """Linear regression with an L1 penalty on the weights (not on the intercept),
    loss  1/(2n) * sum (y - y_hat)^2 + reg_factor * ||w||_1.

    Parameters:
    -----------
    reg_factor: float
        Weight of the penalty.
    n_iterations: int
        Number of gradient steps.
    learning_rate: float
        Initial step length, lowered as 1/sqrt(iteration).
    """

    def __init__(self, reg_factor=0.3, n_iterations=5000, learning_rate=0.1):
        self.regularization = l1_regularization(alpha=reg_factor)
        self.n_iterations = n_iterations
        self.learning_rate = learning_rate

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, d = X.shape
        self.w = np.zeros(d)
        self.intercept = 0.0
        self.training_errors = []
        for i in range(self.n_iterations):
            err = X.dot(self.w) + self.intercept - y
            self.training_errors.append(np.mean(0.5 * err**2) + self.regularization(self.w))
            step = self.learning_rate / np.sqrt(1 + 0.01 * i)
            self.w -= step * (X.T.dot(err) / n + self.regularization.grad(self.w))
            self.intercept -= step * err.mean()
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float).dot(self.w) + self.intercept
