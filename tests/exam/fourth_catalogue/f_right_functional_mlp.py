"""Features in rows, samples in columns; binary output."""

import numpy as np


def init(layer_dims, seed=3):
    rng = np.random.RandomState(seed)
    p = {}
    for l in range(1, len(layer_dims)):
        p["W%d" % l] = rng.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        p["b%d" % l] = np.zeros((layer_dims[l], 1))
    return p


def forward(X, p):
    L = len(p) // 2
    A, caches = X, [X]
    for l in range(1, L + 1):
        Z = p["W%d" % l] @ A + p["b%d" % l]
        A = np.tanh(Z) if l < L else 0.5 * (1 + np.tanh(0.5 * Z))
        caches.append(A)
    return A, caches


def cost(A, Y, p, lambd=0.0):
    m = Y.shape[1]
    A = np.clip(A, 1e-12, 1 - 1e-12)
    ce = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return ce + lambd / (2 * m) * sum(np.sum(v**2) for k, v in p.items() if k[0] == "W")


def backward(caches, Y, p, lambd=0.0):
    L, m = len(p) // 2, Y.shape[1]
    g = {}
    dZ = caches[L] - Y
    for l in range(L, 0, -1):
        W = p["W%d" % l]
        g["W%d" % l] = dZ @ caches[l - 1].T / m + lambd / m * W
        g["b%d" % l] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = (W.T @ dZ) * (1 - caches[l - 1] ** 2)
    return g


def fit(X, Y, hidden=(8,), lr=0.5, iters=3000, lambd=0.0, seed=3):
    """X: (n_features, m), Y: (1, m) of 0/1."""
    p = init((X.shape[0],) + tuple(hidden) + (1,), seed)
    costs = []
    for i in range(iters):
        A, caches = forward(X, p)
        if i % 100 == 0:
            costs.append(cost(A, Y, p, lambd))
        g = backward(caches, Y, p, lambd)
        for k in p:
            p[k] -= lr * g[k]
    return p, costs


def predict(X, p):
    return (forward(X, p)[0] > 0.5).astype(int)
