import numpy as np


def sigmoid(z):
    """Numerically safe logistic function."""
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def hypothesis(theta, X):
    return sigmoid(X @ theta)


def loss(theta, X, y, lam):
    h = np.clip(hypothesis(theta, X), 1e-12, 1 - 1e-12)
    m = y.size
    return -(y @ np.log(h) + (1 - y) @ np.log(1 - h)) / m + lam / (2 * m) * theta[1:] @ theta[1:]


def gradient(theta, X, y, lam):
    m = y.size
    g = X.T @ (hypothesis(theta, X) - y) / m
    g[1:] = g[1:] + lam / m * theta[1:]
    return g


def add_intercept(X):
    X = np.asarray(X, dtype=float)
    return np.column_stack([np.ones(X.shape[0]), X])


def train(X, y, learning_rate=0.3, num_iter=5000, lam=1.0):
    A = add_intercept(X)
    y = np.asarray(y, dtype=float)
    theta = np.zeros(A.shape[1])
    history = []
    for i in range(num_iter):
        theta = theta - learning_rate * gradient(theta, A, y, lam)
        if i % 100 == 0:
            history.append(loss(theta, A, y, lam))
    return theta, history


def predict(theta, X):
    scores = add_intercept(X) @ theta
    return (scores >= 0.5).astype(int)


def accuracy(y, y_hat):
    return float(np.mean(np.asarray(y) == y_hat))
