import numpy as np


def normalize(X):
    mu = X.mean(axis=0)
    sigma = X.std(axis=0)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X - mu) / sigma, mu, sigma


def mse(y_true, y_pred):
    return np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2)


def train(X, y, learning_rate=0.1, epochs=1000):
    """Returns (weights, bias) of the linear model y = X @ weights + bias."""
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).ravel()
    X, mu, sigma = normalize(X)
    weights = np.zeros(X.shape[1])
    bias = 0.0
    for _ in range(epochs):
        error = X @ weights + bias - y
        weights -= learning_rate * 2 * X.T @ error / len(y)
        bias -= learning_rate * 2 * error.mean()
    return weights, bias


def predict(X, weights, bias):
    return np.asarray(X, dtype=float) @ weights + bias
