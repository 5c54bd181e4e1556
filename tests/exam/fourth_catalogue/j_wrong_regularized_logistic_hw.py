import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def add_bias(X):
    return np.hstack([X, np.ones((X.shape[0], 1))])


def cost_function_reg(theta, X, y, lam):
    """X already has its bias column; the bias is not regularised."""
    m = len(y)
    h = sigmoid(X @ theta)
    J = -np.mean(y * np.log(h + 1e-15) + (1 - y) * np.log(1 - h + 1e-15))
    mask = np.ones_like(theta)
    mask[0] = 0
    J += lam / (2 * m) * np.sum(mask * theta**2)
    grad = X.T @ (h - y) / m + lam / m * mask * theta
    return J, grad


def train(X, y, learning_rate=0.5, epochs=3000, lam=1.0):
    Xb = add_bias(X)
    theta = np.zeros(Xb.shape[1])
    costs = []
    for _ in range(epochs):
        J, grad = cost_function_reg(theta, Xb, y, lam)
        theta = theta - learning_rate * grad
        costs.append(J)
    return theta, costs


def predict_proba(X, theta):
    return sigmoid(add_bias(X) @ theta)


def predict(X, theta):
    return (predict_proba(X, theta) >= 0.5).astype(int)
