"""L-layer network with columns as examples: (LINEAR -> RELU) * (L-1) -> LINEAR -> SIGMOID."""

import numpy as np


def initialize_parameters(layer_dims, seed=3):
    rng = np.random.RandomState(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = rng.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(2 / layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


def forward(X, parameters):
    L = len(parameters) // 2
    A = X
    caches = []
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        A = np.maximum(0, Z) if l < L else 1 / (1 + np.exp(-Z))
    return A, caches


def compute_cost(AL, Y):
    AL = np.clip(AL, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


def backward(AL, Y, caches, parameters):
    """Gradients of compute_cost with respect to every W and b."""
    m = Y.shape[1]
    grads = {}
    dZ = AL - Y
    for l in range(len(caches), 0, -1):
        A_prev, _ = caches[l - 1]
        grads[f"dW{l}"] = dZ @ A_prev.T / m
        grads[f"db{l}"] = np.sum(dZ, keepdims=True) / m
        if l > 1:
            dZ = (parameters[f"W{l}"].T @ dZ) * (caches[l - 2][1] > 0)
    return grads


def train(X, Y, layer_dims, learning_rate=0.1, num_iterations=1500):
    parameters = initialize_parameters(layer_dims)
    costs = []
    for _ in range(num_iterations):
        AL, caches = forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = backward(AL, Y, caches, parameters)
        for key in parameters:
            parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters, costs


def predict(X, parameters):
    return (forward(X, parameters)[0] > 0.5).astype(int)
