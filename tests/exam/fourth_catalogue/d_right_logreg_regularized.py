import numpy as np


def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def cost_function_reg(theta, X, y, lambda_):
    """Regularized cost and gradient. X already has the column of ones."""
    m = y.size
    h = sigmoid(X @ theta)
    eps = 1e-12
    J = -np.mean(y * np.log(h + eps) + (1 - y) * np.log(1 - h + eps))
    J = J + lambda_ / (2 * m) * np.sum(theta[1:] ** 2)

    grad = X.T @ (h - y) / m
    temp = theta.copy()
    temp[0] = 0
    grad = grad + (lambda_ / m) * temp
    return J, grad


def gradient_descent(X, y, lambda_=1.0, alpha=0.5, iterations=2000):
    X = np.column_stack([np.ones(len(X)), X])
    theta = np.zeros(X.shape[1])
    history = []
    for _ in range(iterations):
        J, grad = cost_function_reg(theta, X, y, lambda_)
        theta = theta - alpha * grad
        history.append(J)
    return theta, history


def predict(theta, X):
    X = np.column_stack([np.ones(len(X)), X])
    return (sigmoid(X @ theta) >= 0.5).astype(int)
