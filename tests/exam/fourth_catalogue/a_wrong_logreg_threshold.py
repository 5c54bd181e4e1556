import numpy as np


class LogisticRegressionGD:
    def __init__(self, eta=0.5, n_iter=1500, threshold=0.5):
        self.eta = eta
        self.n_iter = n_iter
        self.threshold = threshold

    def net_input(self, X):
        return np.dot(np.asarray(X, dtype=float), self.w_[1:]) + self.w_[0]

    def activation(self, z):
        return 1.0 / (1.0 + np.exp(-np.clip(z, -250, 250)))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        self.w_ = np.zeros(1 + X.shape[1])
        self.cost_ = []
        for _ in range(self.n_iter):
            output = self.activation(self.net_input(X))
            errors = y - output
            self.w_[1:] += self.eta * X.T.dot(errors) / len(y)
            self.w_[0] += self.eta * errors.mean()
            p = np.clip(output, 1e-12, 1 - 1e-12)
            self.cost_.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        return self

    def predict_proba(self, X):
        p = self.activation(self.net_input(X))
        return np.vstack([1 - p, p]).T

    def predict(self, X):
        return np.where(self.net_input(X) >= self.threshold, 1, 0)
