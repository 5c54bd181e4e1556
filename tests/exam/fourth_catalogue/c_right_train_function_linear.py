import numpy as np


def predict(X, w, b):
    return np.dot(X, w) + b


def compute_cost(X, y, w, b):
    m = len(y)
    return np.sum((predict(X, w, b) - y) ** 2) / (2 * m)


def compute_gradient(X, y, w, b):
    m = len(y)
    error = predict(X, w, b) - y
    return np.dot(X.T, error) / m, np.sum(error) / m


def train(X, y, learning_rate=0.1, epochs=1000, verbose=False):
    w = np.zeros(X.shape[1])
    b = 0.0
    costs = [compute_cost(X, y, w, b)]
    for epoch in range(1, epochs + 1):
        dw, db = compute_gradient(X, y, w, b)
        w = w - learning_rate * dw
        b = b - learning_rate * db
        costs.append(compute_cost(X, y, w, b))
        if verbose and epoch % 100 == 0:
            print(f"epoch {epoch:5d}  cost {costs[-1]:.5f}")
    return w, b, costs
