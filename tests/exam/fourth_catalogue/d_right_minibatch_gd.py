import numpy as np


def create_mini_batches(X, y, batch_size, rng):
    indices = rng.permutation(X.shape[0])
    X_shuffled, y_shuffled = X[indices], y[indices]
    batches = []
    for start in range(0, X.shape[0], batch_size):
        end = start + batch_size
        batches.append((X_shuffled[start:end], y_shuffled[start:end]))
    return batches


def hypothesis(X, theta):
    return X @ theta


def gradient(X, y, theta):
    return X.T @ (hypothesis(X, theta) - y) / len(y)


def cost(X, y, theta):
    error = hypothesis(X, theta) - y
    return error @ error / (2 * len(y))


def mini_batch_gradient_descent(X, y, learning_rate=0.02, epochs=200, batch_size=32, seed=0):
    """Returns theta (intercept first) and the training cost after every epoch."""
    X = np.hstack((np.ones((X.shape[0], 1)), X))
    theta = np.zeros(X.shape[1])
    rng = np.random.default_rng(seed)
    cost_history = []
    for epoch in range(epochs):
        for X_mini, y_mini in create_mini_batches(X, y, batch_size, rng):
            theta = theta - learning_rate * gradient(X_mini, y_mini, theta)
        cost_history.append(cost(X, y, theta))
    return theta, cost_history


def predict(X, theta):
    X = np.hstack((np.ones((X.shape[0], 1)), X))
    return hypothesis(X, theta)
