import numpy as np


def featureNormalize(X):
    mu = np.mean(X, axis=0)
    sigma = np.std(X, axis=0, ddof=1)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma, mu, sigma


def computeCostMulti(X, y, theta):
    m = y.shape[0]
    err = X @ theta - y
    return (err.T @ err).item() / (2 * m)


def gradientDescentMulti(X, y, theta, alpha, num_iters):
    m = y.shape[0]
    J_history = np.zeros((num_iters, 1))
    for it in range(num_iters):
        theta = theta - alpha / m * (X.T @ (X @ theta - y))
        J_history[it] = computeCostMulti(X, y, theta)
    return theta, J_history


class LinearRegressionMulti:
    def __init__(self, alpha=0.1, num_iters=1500):
        self.alpha = alpha
        self.num_iters = num_iters

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        X = np.hstack((np.ones((X.shape[0], 1)), X))
        X, self.mu, self.sigma = featureNormalize(X)
        theta = np.zeros((X.shape[1], 1))
        self.theta, self.J_history = gradientDescentMulti(X, y, theta, self.alpha, self.num_iters)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        X = np.hstack((np.ones((X.shape[0], 1)), X))
        X = (X - self.mu) / self.sigma
        return (X @ self.theta).ravel()
