"""L-layer network, examples are columns: X has shape (n_x, m), Y one-hot (n_y, m)."""

import numpy as np


def init_params(dims, seed=1):
    rng = np.random.RandomState(seed)
    params = {}
    for l in range(1, len(dims)):
        params["W%d" % l] = rng.randn(dims[l], dims[l - 1]) * np.sqrt(2.0 / dims[l - 1])
        params["b%d" % l] = np.zeros((dims[l], 1))
    return params


def forward(X, params):
    L = len(params) // 2
    cache = {"A0": X}
    A = X
    for l in range(1, L + 1):
        Z = params["W%d" % l] @ A + params["b%d" % l]
        if l < L:
            A = np.maximum(Z, 0)
        else:
            Z = Z - Z.max(axis=0, keepdims=True)
            A = np.exp(Z)
            A = A / A.sum(axis=0, keepdims=True)
        cache["Z%d" % l], cache["A%d" % l] = Z, A
    return A, cache


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL + 1e-12)) / Y.shape[1]


def backward(Y, params, cache):
    L = len(params) // 2
    m = Y.shape[1]
    grads = {}
    dZ = cache["A%d" % L] - Y
    for l in range(L, 0, -1):
        grads["dW%d" % l] = dZ @ cache["A%d" % (l - 1)].T / m
        grads["db%d" % l] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = (params["W%d" % l].T @ dZ) * (cache["Z%d" % (l - 1)] > 0)
    return grads


def train(X, Y, dims, lr=0.1, iterations=1500, seed=1):
    """dims includes input and output size, e.g. [2, 10, 3]. Returns params and the cost history."""
    params = init_params(dims, seed)
    history = []
    for i in range(iterations):
        AL, cache = forward(X, params)
        history.append(compute_cost(AL, Y))
        grads = backward(Y, params, cache)
        for key in params:
            params[key] -= lr * grads["d" + key]
    return params, history


def predict(X, params):
    return forward(X, params)[0].argmax(axis=0)
