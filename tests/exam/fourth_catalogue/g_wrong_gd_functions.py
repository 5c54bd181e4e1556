import numpy as np


def compute_cost(X, y, w, b):
    """Mean squared error over two."""
    m = X.shape[0]
    return np.sum((X @ w + b - y) ** 2) / (2 * m)


def compute_gradient(X, y, w, b):
    """Gradient of compute_cost, averaged over the examples. Returns (dj_dw, dj_db)."""
    m, n = X.shape
    dj_dw = np.zeros(n)
    dj_db = 0.0
    for i in range(m):
        err = X[i] @ w + b - y[i]
        for j in range(n):
            dj_dw[j] += err * X[i, j]
        dj_db += err
    dj_db /= m
    return dj_dw, dj_db


def gradient_descent(X, y, alpha=0.01, num_iters=2000):
    w = np.zeros(X.shape[1])
    b = 0.0
    J_history = []
    for _ in range(num_iters):
        dj_dw, dj_db = compute_gradient(X, y, w, b)
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        J_history.append(compute_cost(X, y, w, b))
    return w, b, J_history
