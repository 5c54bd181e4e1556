"""Linear regression for house prices (notebook exported to a script)."""

import copy
import numpy as np


def zscore_normalize(X):
    mu = np.mean(X, axis=0)
    sigma = np.std(X, axis=0)
    return (X - mu) / sigma, mu, sigma


def compute_cost(X, y, w, b):
    m = X.shape[0]
    f = X @ w + b
    return np.sum((f - y) ** 2) / (2 * m)


def compute_gradient(X, y, w, b):
    m, n = X.shape
    dj_dw = np.zeros(n)
    dj_db = 0.0
    for i in range(m):
        err = (np.dot(X[i], w) + b) - y[i]
        for j in range(n):
            dj_dw[j] += err * X[i, j]
        dj_db += err
    return dj_dw / m, dj_db / m


def gradient_descent(X, y, w_in, b_in, alpha=0.1, num_iters=1000):
    w = copy.deepcopy(w_in)
    b = b_in
    J_history = []
    for i in range(num_iters):
        dj_dw, dj_db = compute_gradient(X, y, w, b)
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        J_history.append(compute_cost(X, y, w, b))
    return w, b, J_history


def predict(X, w, b, mu, sigma):
    return ((X - mu) / sigma) @ w + b


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = np.c_[rng.uniform(600, 3000, 100), rng.integers(1, 6, 100)]
    y = 50 + 0.1 * X[:, 0] + 8 * X[:, 1] + rng.normal(0, 5, 100)
    Xn, mu, sigma = zscore_normalize(X)
    w, b, J = gradient_descent(Xn, y, np.zeros(2), 0.0)
    print(w, b, J[-1])
    print("1200 sqft, 3 bedrooms:", predict(np.array([[1200, 3]]), w, b, mu, sigma))
