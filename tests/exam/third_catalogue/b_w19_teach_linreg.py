# ruff: noqa
"""Lab: gradient descent for linear regression with several variables -- solution."""

import numpy as np


def compute_cost(X, y, w, b):
    """Cost J(w,b) = 1/(2m) * sum_i (f_wb(x_i) - y_i)^2"""
    m = X.shape[0]
    err = X @ w + b - y
    return np.sum(err**2) / (2 * m)


def compute_gradient(X, y, w, b):
    """Returns dj_db (scalar), dj_dw (n,)"""
    m = X.shape[0]
    err = X @ w + b - y
    dj_dw = X.T @ err / m
    dj_db = np.sum(err) / m
    return dj_db, dj_dw


def gradient_descent(X, y, w_in, b_in, cost_function, gradient_function, alpha, num_iters):
    """
    Runs num_iters steps of batch gradient descent, starting from (w_in, b_in).

    Returns:
      w (ndarray (n,)), b (scalar) : updated parameters
      J_history (list)             : cost after each iteration
    """
    J_history = []
    w = w_in
    b = b_in
    for i in range(num_iters):
        dj_db, dj_dw = gradient_function(X, y, w, b)
        w -= alpha * dj_dw
        b -= alpha * dj_db
        J_history.append(cost_function(X, y, w, b))
    return w, b, J_history


def predict(X, w, b):
    return X @ w + b


if __name__ == "__main__":
    X = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 2.0]])
    y = np.array([5.0, 6.0, 12.0, 11.0])
    w, b, J = gradient_descent(X, y, np.zeros(2), 0.0, compute_cost, compute_gradient, 0.05, 2000)
    print(w, b, J[0], J[-1])
