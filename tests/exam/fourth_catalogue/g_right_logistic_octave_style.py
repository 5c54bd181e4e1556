"""Logistic regression, after the exercises of an online course (theta includes the bias)."""

import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def add_bias(X):
    return np.hstack([np.ones((X.shape[0], 1)), X])


def loss(theta, X, y, lam=0.0):
    """X already has the column of ones; theta[0] is not regularised."""
    m = y.size
    z = X @ theta
    nll = np.sum(np.logaddexp(0.0, z) - y * z) / m
    return nll + lam / (2 * m) * np.sum(theta[1:] ** 2)


def gradient(theta, X, y, lam=0.0):
    m = y.size
    grad = X.T @ (sigmoid(X @ theta) - y) / m
    grad[1:] += lam / m * theta[1:]
    return grad


def train(X, y, alpha=0.3, num_iters=4000, lam=1.0):
    Xb = add_bias(X)
    theta = np.zeros(Xb.shape[1])
    J_history = np.zeros(num_iters)
    for i in range(num_iters):
        theta = theta - alpha * gradient(theta, Xb, y, lam)
        J_history[i] = loss(theta, Xb, y, lam)
    return theta, J_history


def predict(theta, X):
    return (sigmoid(add_bias(X) @ theta) >= 0.5).astype(int)


if __name__ == "__main__":
    rng = np.random.default_rng(3)
    X = rng.normal(size=(200, 2))
    y = (X[:, 0] + X[:, 1] + 0.5 * rng.normal(size=200) > 0).astype(float)
    theta, J = train(X, y)
    print(theta, J[-1], (predict(theta, X) == y).mean())
