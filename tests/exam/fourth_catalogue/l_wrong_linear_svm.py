import numpy as np


class LinearSVM:
    """Linear SVM trained by stochastic sub-gradient steps (Pegasos, step 1/(lam*t)), labels -1 / +1.

    lam/2 ||w||^2 + mean(max(0, 1 - y (w.x + b)));   the bias is a weight of a constant feature 1.
    """

    def __init__(self, lam=0.01, epochs=100, seed=0):
        self.lam = lam
        self.epochs = epochs
        self.seed = seed

    def fit(self, X, y):
        X = np.hstack([np.asarray(X, float), np.ones((len(X), 1))])
        rng = np.random.default_rng(self.seed)
        w = np.zeros(X.shape[1])
        t = 0
        for _ in range(self.epochs):
            for i in rng.permutation(len(X)):
                t += 1
                eta = 1.0 / (self.lam * t)
                if y[i] * (X[i] @ w) < 1:
                    w = (1 - eta * self.lam) * w + eta * y[i] * X[i]
        self.w = w
        return self

    def decision_function(self, X):
        return np.asarray(X, float) @ self.w[:-1] + self.w[-1]

    def predict(self, X):
        return np.where(self.decision_function(X) >= 0, 1, -1)
