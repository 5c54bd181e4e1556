"""Planar-data style network: X is (n_x, m), Y is (1, m)."""

import numpy as np


def layer_sizes(X, Y, n_h):
    return X.shape[0], n_h, Y.shape[0]


def initialize(n_x, n_h, n_y, seed):
    rng = np.random.RandomState(seed)
    return {
        "W1": rng.randn(n_h, n_x) * np.sqrt(2.0 / n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": rng.randn(n_y, n_h) * np.sqrt(1.0 / n_h),
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = 1 / (1 + np.exp(-np.clip(Z2, -500, 500)))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(cache, Y):
    Z = cache["Z2"]
    return float(np.mean(np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))))


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = (parameters["W2"].T @ dZ2) * (cache["Z1"] > 0)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.sum(axis=1, keepdims=True) / m,
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": dZ2.sum(axis=1, keepdims=True) / m,
    }


def nn_model(X, Y, n_h=10, num_iterations=3000, learning_rate=0.3, print_cost=False, seed=2):
    Y = np.asarray(Y, dtype=float).reshape(1, -1)
    parameters = initialize(*layer_sizes(X, Y, n_h), seed)
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = {k: p - learning_rate * grads["d" + k] for k, p in parameters.items()}
        if print_cost and i % 500 == 0:
            print("cost after iteration", i, ":", compute_cost(cache, Y))
    return parameters


def predict(parameters, X):
    return (forward_propagation(X, parameters)[0] > 0.5).astype(int)
