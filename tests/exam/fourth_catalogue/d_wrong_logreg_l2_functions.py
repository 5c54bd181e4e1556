import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def compute_cost(X, y, w, b, lambda_=1.0):
    m = X.shape[0]
    f = np.clip(sigmoid(X @ w + b), 1e-15, 1 - 1e-15)
    cost = -np.sum(y * np.log(f) + (1 - y) * np.log(1 - f)) / m
    reg_cost = (lambda_ / (2 * m)) * np.sum(w**2)
    return cost + reg_cost


def compute_gradient(X, y, w, b, lambda_=1.0):
    m = X.shape[0]
    err = sigmoid(X @ w + b) - y
    dj_dw = X.T @ err / m + (lambda_ / (2 * m)) * w
    dj_db = np.sum(err) / m
    return dj_db, dj_dw


def gradient_descent(X, y, w_in, b_in, alpha, num_iters, lambda_):
    w = np.copy(w_in)
    b = b_in
    J_history = []
    for i in range(num_iters):
        dj_db, dj_dw = compute_gradient(X, y, w, b, lambda_)
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        J_history.append(compute_cost(X, y, w, b, lambda_))
    return w, b, J_history


def predict(X, w, b):
    p = sigmoid(X @ w + b)
    return (p >= 0.5).astype(float)
