import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def train(X, y, learning_rate=0.5, epochs=3000, l2=0.01):
    """Train a logistic regression on 0/1 labels.

    The columns are standardised during training so that one learning rate
    suits all of them.

    Returns
    -------
    weights : array of shape (n_features,)
    bias : float
        so that P(y = 1 | x) = sigmoid(x @ weights + bias)
    """
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    mean = X.mean(axis=0)
    std = X.std(axis=0)
    std[std == 0] = 1.0
    Z = (X - mean) / std

    m = len(y)
    weights = np.zeros(X.shape[1])
    bias = 0.0
    for _ in range(epochs):
        p = sigmoid(Z @ weights + bias)
        weights = weights - learning_rate * (Z.T @ (p - y) / m + l2 * weights)
        bias = bias - learning_rate * np.mean(p - y)

    weights = weights / std
    bias = bias - np.dot(weights, mean / std)
    return weights, bias


def predict(X, weights, bias):
    return (sigmoid(np.asarray(X, dtype=float) @ weights + bias) > 0.5).astype(int)
