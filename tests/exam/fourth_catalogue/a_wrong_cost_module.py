import numpy as np


def add_ones(X):
    X = np.asarray(X, dtype=float)
    return np.c_[np.ones(X.shape[0]), X]


def hypothesis(X, theta):
    return X @ theta


def compute_cost(X, y, theta):
    """J(theta) = 1/(2m) * sum((h(x) - y)^2). X already has the ones column."""
    m = len(y)
    errors = hypothesis(X, theta) - y
    return np.sum(errors**2) / 2 * m


def gradient_descent(X, y, theta, alpha, num_iters):
    m = len(y)
    J_history = []
    for _ in range(num_iters):
        grad = X.T @ (hypothesis(X, theta) - y) / m
        theta = theta - alpha * grad
        J_history.append(compute_cost(X, y, theta))
    return theta, J_history


def train(X, y, alpha=0.05, num_iters=1500):
    Xb = add_ones(X)
    y = np.asarray(y, dtype=float).ravel()
    return gradient_descent(Xb, y, np.zeros(Xb.shape[1]), alpha, num_iters)


def predict(X, theta):
    return add_ones(X) @ theta
