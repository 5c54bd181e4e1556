import numpy as np


class HuberLoss:
    """0.5 e^2 inside [-delta, delta], delta (|e| - delta / 2) outside."""

    def __init__(self, delta):
        self.delta = delta

    def value(self, e):
        a = np.abs(e)
        return np.where(a <= self.delta, 0.5 * e**2, self.delta * (a - 0.5 * self.delta))

    def derivative(self, e):
        return np.where(np.abs(e) <= self.delta, e, np.sign(e))


class RobustRegression:
    """Linear regression with the Huber loss, gradient descent with a decreasing step."""

    def __init__(self, delta=3.0, lr=0.2, n_iterations=6000):
        self.loss = HuberLoss(delta)
        self.lr = lr
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = float(np.median(y))
        self.history = []
        for k in range(self.n_iterations):
            e = X @ self.coef_ + self.intercept_ - y
            self.history.append(self.loss.value(e).mean())
            g = self.loss.derivative(e)
            step = self.lr / (1 + k / 1000)
            self.coef_ = self.coef_ - step * (g @ X) / len(y)
            self.intercept_ = self.intercept_ - step * g.mean()
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
