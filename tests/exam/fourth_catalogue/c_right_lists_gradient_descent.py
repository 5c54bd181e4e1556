import numpy as np


def linear_regression_gradient_descent(X: list, y: list, alpha: float, iterations: int) -> list:
    """Fit theta by batch gradient descent on the cost 1/(2m) * ||X theta - y||^2.

    X has a column of ones for the intercept. theta starts at zero. The
    coefficients are returned as a list rounded to four decimals.
    """
    X = np.array(X, dtype=float)
    y = np.array(y, dtype=float).reshape(-1, 1)
    m, n = X.shape
    theta = np.zeros((n, 1))
    for _ in range(iterations):
        errors = X @ theta - y
        theta -= alpha * (X.T @ errors) / m
    return [round(float(t), 4) for t in theta.flatten()]
