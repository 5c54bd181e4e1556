import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


def initialize(dim):
    return np.zeros((dim, 1)), 0.0


def propagate(w, b, X, Y):
    """X has shape (features, examples), Y shape (1, examples). Returns the gradients and the cost."""
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    grads = {"dw": X @ (A - Y).T / m, "db": np.sum(A - Y) / m}
    return grads, cost


def optimize(w, b, X, Y, num_iterations=2000, learning_rate=0.1):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return w, b, costs


def predict(w, b, X):
    return (sigmoid(w.T @ X + b) > 0.5).astype(int)


def model(X_train, Y_train, num_iterations=2000, learning_rate=0.1):
    w, b = initialize(X_train.shape[0])
    w, b, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    return {"w": w, "b": b, "costs": costs}
