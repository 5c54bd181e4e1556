import numpy as np


def h(theta, X):
    return 1 / (1 + np.exp(-X @ theta))


def cost(theta, X, y, lam):
    n = len(y)
    p = np.clip(h(theta, X), 1e-12, 1 - 1e-12)
    return -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / n + lam / (2 * n) * theta[1:] @ theta[1:]


def train(X, y, lam=1.0, eta=0.2, batch=25, epochs=400, rng=None):
    """Mini-batch training of regularised logistic regression.

    J(theta) = -1/n sum(y log h + (1-y) log(1-h)) + lam/(2n) sum_{j>=1} theta_j^2

    A column of ones is added to X. Returns theta (bias first).
    """
    rng = rng or np.random.default_rng(0)
    X = np.insert(np.asarray(X, float), 0, 1, axis=1)
    n, d = X.shape
    theta = np.zeros(d)
    for ep in range(epochs):
        perm = rng.permutation(n)
        for s in range(0, n, batch):
            idx = perm[s : s + batch]
            m = len(idx)
            grad = X[idx].T @ (h(theta, X[idx]) - y[idx]) / m
            grad[1:] += lam / m * theta[1:]
            theta -= eta / (1 + 0.02 * ep) * grad
    return theta


def predict(theta, X):
    return (h(theta, np.insert(np.asarray(X, float), 0, 1, axis=1)) >= 0.5).astype(int)
