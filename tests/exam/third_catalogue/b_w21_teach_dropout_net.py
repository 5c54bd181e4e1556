# ruff: noqa
"""Lab: a 2-layer network with inverted dropout -- solution. Columns are examples."""

import numpy as np


def sigmoid(Z):
    return 0.5 * (1 + np.tanh(0.5 * Z))


def initialize_parameters(n_x, n_h, seed=1):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((n_h, n_x)) * np.sqrt(2 / n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": rng.standard_normal((1, n_h)) * np.sqrt(1 / n_h),
        "b2": np.zeros((1, 1)),
    }


def forward_propagation(X, parameters, keep_prob=1.0, rng=None):
    """Returns A2 and the cache; units of the hidden layer are kept with probability keep_prob."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.maximum(0, Z1)
    D1 = np.ones_like(A1)
    if keep_prob < 1.0:
        D1 = (rng.random(A1.shape) < keep_prob).astype(float)
        A1 = A1 * D1 / keep_prob
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, (Z1, D1, A1, Z2)


def compute_cost(Z2, Y):
    return float(np.mean(np.logaddexp(0, Z2) - Y * Z2))


def backward_propagation(X, Y, A2, cache, parameters, keep_prob=1.0):
    """Gradients of the cost for the masks held in the cache."""
    m = X.shape[1]
    Z1, D1, A1, _ = cache
    dZ2 = (A2 - Y) / m
    dA1 = parameters["W2"].T @ dZ2
    dA1 = dA1 * D1
    dZ1 = dA1 * (Z1 > 0)
    return {
        "W2": dZ2 @ A1.T,
        "b2": dZ2.sum(axis=1, keepdims=True),
        "W1": dZ1 @ X.T,
        "b1": dZ1.sum(axis=1, keepdims=True),
    }


def model(X, Y, n_h=10, learning_rate=0.5, num_iterations=1000, keep_prob=1.0, seed=1):
    rng = np.random.default_rng(seed + 1)
    parameters = initialize_parameters(X.shape[0], n_h, seed)
    costs = []
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters, keep_prob, rng)
        costs.append(compute_cost(cache[3], Y))
        grads = backward_propagation(X, Y, A2, cache, parameters, keep_prob)
        for name in parameters:
            parameters[name] = parameters[name] - learning_rate * grads[name]
    return parameters, costs


def predict(X, parameters):
    A2, _ = forward_propagation(X, parameters)
    return (A2 > 0.5).astype(int)


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(2, 200))
    Y = ((X**2).sum(0, keepdims=True) > 1.4).astype(int)
    for kp in (1.0, 0.8):
        p, c = model(X, Y, keep_prob=kp)
        print(kp, c[0], c[-1], np.mean(predict(X, p) == Y))
