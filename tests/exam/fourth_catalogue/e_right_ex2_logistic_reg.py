# Exercise 2 (part 2) - regularized logistic regression, vectorized
import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1.0 + ez)
    return out


def add_intercept(X):
    return np.c_[np.ones((X.shape[0], 1)), X]


def cost_function_reg(theta, X, y, lambda_=1.0):
    """
    X : (m, n+1), first column is all ones
    y : (m,) of 0/1
    theta : (n+1,)
    Returns J and its gradient. theta[0] is not regularized.
    """
    m = y.size
    z = X @ theta
    h = sigmoid(z)
    J = np.mean(np.logaddexp(0, z) - y * z)
    J += lambda_ / (2 * m) * np.sum(theta[1:] ** 2)
    grad = X.T @ (h - y) / m
    grad[1:] = grad[1:] + lambda_ / m * theta[1:]
    return J, grad


def gradient_descent(X, y, theta, alpha=0.3, num_iters=5000, lambda_=1.0):
    theta = theta.astype(float).copy()
    J_history = []
    for _ in range(num_iters):
        J, grad = cost_function_reg(theta, X, y, lambda_)
        theta = theta - alpha * grad
        J_history.append(J)
    return theta, J_history


def predict(theta, X):
    return (sigmoid(X @ theta) >= 0.5).astype(int)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(118, 2))
    y = (X[:, 0] - X[:, 1] + 0.5 + 0.5 * rng.normal(size=118) > 0).astype(int)
    Xb = add_intercept(X)
    theta, hist = gradient_descent(Xb, y, np.zeros(Xb.shape[1]))
    print("cost:", hist[0], "->", hist[-1])
    print("train accuracy:", np.mean(predict(theta, Xb) == y) * 100)
