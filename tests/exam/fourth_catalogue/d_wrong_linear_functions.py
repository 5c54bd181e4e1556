import numpy as np


def compute_cost(X, y, w, b):
    m = X.shape[0]
    error = X @ w + b - y
    return (error**2).sum() / (2 * m)


def compute_gradient(X, y, w, b):
    m = X.shape[0]
    error = X @ w + b - y
    dj_dw = X.T @ error / m
    dj_db = error.sum() / m
    return dj_dw, dj_db


def gradient_descent(X, y, alpha=0.1, max_iters=10000, tol=1e-9):
    """Stops when the cost no longer goes down by more than tol."""
    w = np.zeros(X.shape[1])
    b = 0.0
    prev_cost = compute_cost(X, y, w, b)
    history = [prev_cost]
    for i in range(max_iters):
        dj_dw, dj_db = compute_gradient(X, y, w, b)
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        cost = compute_cost(X, y, w, b)
        history.append(cost)
        if cost - prev_cost < tol:
            break
        prev_cost = cost
    return w, b, history


def predict(X, w, b):
    return X @ w + b
