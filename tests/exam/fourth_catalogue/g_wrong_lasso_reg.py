import numpy as np


class l1_regularization:
    """Penalty of lasso regression: alpha * ||w||_1"""

    def __init__(self, alpha):
        self.alpha = alpha

    def __call__(self, w):
        return self.alpha * np.linalg.norm(w)

    def grad(self, w):
        return self.alpha * np.sign(w)


class LassoRegression:
    """Linear regression with an l1 penalty on the weights (not on the bias).

    Cost: mean(0.5 * (y - y_pred)^2) + reg_factor * ||w||_1, minimised by subgradient descent.
    training_errors holds the cost at every iteration.
    """

    def __init__(self, reg_factor=0.05, n_iterations=3000, learning_rate=0.02):
        self.regularization = l1_regularization(alpha=reg_factor)
        self.n_iterations = n_iterations
        self.learning_rate = learning_rate

    def fit(self, X, y):
        n_features = X.shape[1]
        limit = 1 / np.sqrt(n_features)
        self.w = np.random.RandomState(0).uniform(-limit, limit, n_features)
        self.b = 0.0
        self.training_errors = []
        for i in range(self.n_iterations):
            residual = X.dot(self.w) + self.b - y
            cost = np.mean(0.5 * residual**2) + self.regularization(self.w)
            self.training_errors.append(cost)
            step = self.learning_rate / np.sqrt(1 + i / 100)
            self.w = self.w - step * (X.T.dot(residual) / len(y) + self.regularization.grad(self.w))
            self.b = self.b - step * residual.mean()
        return self

    def predict(self, X):
        return X.dot(self.w) + self.b
