# ruff: noqa
"""Lab: linear regression by gradient descent -- model solution."""

import numpy as np


def compute_cost(X, y, w, b):
    """J(w,b) = 1/(2m) sum (w.x + b - y)^2"""
    err = X @ w + b - y
    return float(err @ err) / (2 * len(y))


def compute_gradient(X, y, w, b):
    """Returns (dj_dw, dj_db): note the order."""
    err = X @ w + b - y
    return X.T @ err / len(y), float(err.mean())


def gradient_descent(X, y, w_in, b_in, alpha, num_iters, tol=0.0):
    """
    Simultaneous updates of w and b. J_history has one more entry than there were
    iterations: J_history[0] is the cost of (w_in, b_in), J_history[-1] that of the result.
    Stops early when every partial derivative is at most tol in absolute value (tol > 0).
    X: (m, n) or, for one feature, (m,). y: (m,) or (m, 1). The inputs are not modified.
    """
    y = np.asarray(y, dtype=float).reshape(-1)
    X = np.asarray(X, dtype=float).reshape(len(y), -1)
    w = np.array(w_in, dtype=float).reshape(-1)
    b = float(b_in)
    J_history = [compute_cost(X, y, w, b)]
    for _ in range(num_iters):
        dj_dw, dj_db = compute_gradient(X, y, w, b)
        if tol > 0 and max(np.abs(dj_dw).max(), abs(dj_db)) <= tol:
            break
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        J_history.append(compute_cost(X, y, w, b))
    return w, b, J_history


def predict(X, w, b):
    X = np.asarray(X, dtype=float)
    return X.reshape(-1, len(w)) @ w + b


if __name__ == "__main__":
    w, b, J = gradient_descent([1, 2, 3, 4], [[3], [5], [7], [9]], [0], 0, 0.1, 2000)
    print(w, b, len(J), J[0], J[-1], predict([5, 6], w, b))
