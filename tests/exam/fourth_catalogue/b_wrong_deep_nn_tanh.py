"""L-layer neural network for binary classification.

X has shape (n_features, m) and Y has shape (1, m), one column per example.
Hidden layers use tanh, the output unit is a sigmoid.
"""

import numpy as np


def initialize_parameters(layer_dims, seed=1):
    rng = np.random.RandomState(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = rng.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def linear_activation_forward(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    if activation == "tanh":
        A = np.tanh(Z)
    else:
        A = 1.0 / (1.0 + np.exp(-np.clip(Z, -500, 500)))
    return A, (A_prev, W, Z)


def model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], "tanh")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid")
    caches.append(cache)
    return AL, caches


def compute_cost(AL, Y):
    m = Y.shape[1]
    AL = np.clip(AL, 1e-12, 1 - 1e-12)
    return float(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m)


def model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = AL.shape[1]
    dZ = AL - Y
    for l in range(L, 0, -1):
        A_prev, W, Z = caches[l - 1]
        if l < L:
            dZ = dA * (1 - np.power(Z, 2))
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(W.T, dZ)
    return grads


class DeepNN:
    def __init__(self, hidden=(8,), learning_rate=0.5, num_iterations=2000, print_cost=False, seed=1):
        self.hidden = hidden
        self.learning_rate = learning_rate
        self.num_iterations = num_iterations
        self.print_cost = print_cost
        self.seed = seed

    def fit(self, X, Y):
        Y = np.asarray(Y, dtype=float).reshape(1, -1)
        dims = [X.shape[0], *self.hidden, 1]
        self.parameters = initialize_parameters(dims, self.seed)
        self.costs = []
        for i in range(self.num_iterations):
            AL, caches = model_forward(X, self.parameters)
            grads = model_backward(AL, Y, caches)
            for l in range(1, len(dims)):
                self.parameters["W" + str(l)] -= self.learning_rate * grads["dW" + str(l)]
                self.parameters["b" + str(l)] -= self.learning_rate * grads["db" + str(l)]
            if i % 100 == 0:
                self.costs.append(compute_cost(AL, Y))
                if self.print_cost:
                    print("Cost after iteration %i: %f" % (i, self.costs[-1]))
        return self.costs

    def predict(self, X):
        AL, _ = model_forward(X, self.parameters)
        return (AL > 0.5).astype(int)
