# ex2 in Python. X is (m,n), y is (m,1), theta is (n+1,1)
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def mapOnes(X):
    return np.hstack((np.ones((X.shape[0], 1)), X))


def costFunctionReg(theta, X, y, lam):
    """Returns J and grad (n+1,1). X already has its column of ones."""
    m = y.shape[0]
    h = sigmoid(X @ theta)
    h1 = np.clip(h, 1e-15, 1 - 1e-15)
    J = (-y.T @ np.log(h1) - (1 - y).T @ np.log(1 - h1)).item() / m
    J = J + lam / (2 * m) * np.sum(theta[1:, 0] ** 2)
    reg = lam / m * theta
    reg[0, 0] = 0
    grad = X.T @ (h - y) / m + reg
    return J, grad


def fmin_newton(theta, X, y, lam, iters=25):
    m = y.shape[0]
    L = lam / m * np.eye(X.shape[1])
    L[0, 0] = 0
    J_history = np.zeros((iters, 1))
    for k in range(iters):
        J_history[k, 0], grad = costFunctionReg(theta, X, y, lam)
        h = sigmoid(X @ theta)
        H = X.T @ (X * (h * (1 - h))) / m + L
        theta = theta - np.linalg.pinv(H) @ grad
    return theta, J_history


class LogisticRegression:
    """y is 0 or 1"""

    def __init__(self, lam=1.0):
        self.lam = lam

    def fit(self, X, y):
        X = mapOnes(np.asarray(X, dtype=float))
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        theta = np.zeros((X.shape[1], 1))
        self.theta, self.J_history = fmin_newton(theta, X, y, self.lam)
        return self

    def predict_proba(self, X):
        return sigmoid(mapOnes(np.asarray(X, dtype=float)) @ self.theta).ravel()

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)
