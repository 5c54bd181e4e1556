# pyright: basic
"""A network with one hidden layer for many classes, as functions around a dict of parameters."""

import numpy as np


def init_params(n_in, n_hidden, n_out, seed):
    """Glorot's spread, biases zero."""
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(n_in, n_hidden)) * np.sqrt(1 / n_in),
        "b1": np.zeros(n_hidden),
        "W2": rng.normal(size=(n_hidden, n_out)) * np.sqrt(1 / n_hidden),
        "b2": np.zeros(n_out),
    }


def _softmax(z):
    shifted = z - z.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)


def forward(X, params):
    """Probabilities and the hidden layer."""
    z1 = X @ params["W1"] + params["b1"]
    hidden = np.tanh(z1)
    z2 = hidden @ params["W2"] + params["b2"]
    return _softmax(z2), hidden


def backward(X, targets, params, probabilities, hidden):
    """The gradient of the mean cross-entropy."""
    n = len(X)
    delta = (probabilities - targets) / n
    back = delta @ params["W2"].T * (1 - hidden**2)
    return {"W2": hidden.T @ delta, "b2": delta.sum(axis=0), "W1": X.T @ back, "b1": back.sum(axis=0)}


def train(X, y, n_hidden, n_classes, learning_rate, epochs, seed=0):
    """The parameters after so many steps."""
    params = init_params(X.shape[1], n_hidden, n_classes, seed)
    targets = np.eye(n_classes)[y]
    for _epoch in range(epochs):
        probabilities, hidden = forward(X, params)
        grads = backward(X, targets, params, probabilities, hidden)
        for name in params:
            params[name] = params[name] - learning_rate * grads[name]
    return params


def predict(X, params):
    """The likeliest class."""
    return forward(X, params)[0].argmax(axis=1)
