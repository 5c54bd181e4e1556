import numpy as np


def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def compute_cost(X, y, w, b, lambda_=1.0):
    """
    Regularised logistic cost
      X : (m, n), y : (m,), w : (n,), b : scalar
    """
    m = X.shape[0]
    f = np.clip(sigmoid(X @ w + b), 1e-12, 1 - 1e-12)
    cost = -np.mean(y * np.log(f) + (1 - y) * np.log(1 - f))
    return cost + lambda_ / (2 * m) * np.sum(w**2)


def compute_gradient(X, y, w, b, lambda_=1.0):
    """Returns dj_db, dj_dw of compute_cost"""
    m = X.shape[0]
    err = sigmoid(X @ w + b) - y
    dj_dw = X.T @ err / m
    dj_db = np.sum(err) / m
    return dj_db, dj_dw


class RegularizedLogisticRegression:
    def __init__(self, alpha=0.3, num_iters=5000, lambda_=1.0):
        self.alpha, self.num_iters, self.lambda_ = alpha, num_iters, lambda_

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float).ravel()
        m, n = X.shape
        w, b = np.zeros(n), 0.0
        self.J_history = []
        for i in range(self.num_iters):
            dj_db, dj_dw = compute_gradient(X, y, w, b, self.lambda_)
            w = w * (1 + self.alpha * self.lambda_ / m) - self.alpha * dj_dw
            b = b - self.alpha * dj_db
            if i % 100 == 0:
                self.J_history.append(compute_cost(X, y, w, b, self.lambda_))
        self.w, self.b = w, b
        return self

    def predict_proba(self, X):
        return sigmoid(np.asarray(X, dtype=float) @ self.w + self.b)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
