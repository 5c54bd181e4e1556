"""Multivariate linear regression with gradient descent and feature scaling,
following the first weeks of the machine learning course."""

import numpy as np


def feature_normalize(X):
    mu = np.mean(X, axis=0)
    sigma = np.std(X, axis=0)
    sigma = np.where(sigma == 0, 1, sigma)
    X_norm = (X - mu) / sigma
    return X_norm, mu, sigma


def compute_cost(X, y, theta):
    m = y.size
    h = X.dot(theta)
    return np.sum((h - y) ** 2) / (2 * m)


def gradient_descent(X, y, theta, alpha, num_iters):
    m = y.size
    theta = theta.copy()
    J_history = []
    for i in range(num_iters):
        h = X.dot(theta)
        theta = theta - (alpha / m) * X.T.dot(h - y)
        J_history.append(compute_cost(X, y, theta))
    return theta, J_history


def train(X, y, alpha=0.1, num_iters=400):
    X_norm, mu, sigma = feature_normalize(X)
    X_norm = np.concatenate([np.ones((y.size, 1)), X_norm], axis=1)
    theta = np.zeros(X_norm.shape[1])
    theta, J_history = gradient_descent(X_norm, y, theta, alpha, num_iters)
    return {"theta": theta, "mu": mu, "sigma": sigma, "J_history": J_history}


def predict(model, X):
    X_norm = (X - model["mu"]) / model["sigma"]
    X_norm = np.concatenate([np.ones((X.shape[0], 1)), X_norm], axis=1)
    return X_norm.dot(model["theta"])
