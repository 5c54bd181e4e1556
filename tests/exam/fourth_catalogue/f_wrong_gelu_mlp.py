"""Functional two-hidden-layer network: params are a dict, functions are pure."""

import numpy as np

C = np.sqrt(2.0 / np.pi)


def init_params(sizes, seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    for i, (m, n) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
        params[f"W{i}"] = rng.normal(size=(m, n)) * np.sqrt(2.0 / m)
        params[f"b{i}"] = np.zeros(n)
    return params


def gelu(x):
    return 0.5 * x * (1.0 + np.tanh(C * (x + 0.044715 * x**3)))


def gelu_grad(x):
    t = np.tanh(C * (x + 0.044715 * x**3))
    return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t**2) * C * (1.0 + 0.044715 * x**2)


def forward(params, x):
    depth = len(params) // 2
    cache = []
    for i in range(1, depth + 1):
        z = x @ params[f"W{i}"] + params[f"b{i}"]
        cache.append((x, z))
        x = gelu(z) if i < depth else z
    return x, cache


def loss_and_grads(params, x, y, l2=0.0):
    """Mean squared error (1/2n) sum ||out - y||^2 + l2/2 sum ||W||^2, and its gradient."""
    out, cache = forward(params, x)
    n, depth = len(x), len(cache)
    delta = (out - y) / n
    loss = 0.5 * np.sum((out - y) ** 2) / n
    grads = {}
    for i in range(depth, 0, -1):
        a, z = cache[i - 1]
        if i < depth:
            delta = delta * gelu_grad(z)
        grads[f"W{i}"] = a.T @ delta + l2 * params[f"W{i}"]
        grads[f"b{i}"] = delta.sum(axis=0)
        loss += 0.5 * l2 * np.sum(params[f"W{i}"] ** 2)
        delta = delta @ params[f"W{i}"].T
    return loss, grads


def sgd(params, grads, lr):
    return {k: params[k] - lr * grads[k] for k in params}


def train(params, x, y, lr=0.05, epochs=500, batch_size=32, l2=0.0, seed=0):
    rng = np.random.default_rng(seed)
    history = []
    for _ in range(epochs):
        idx = rng.permutation(len(x))
        for s in range(0, len(x), batch_size):
            b = idx[s : s + batch_size]
            _, grads = loss_and_grads(params, x[b], y[b], l2)
            params = sgd(params, grads, lr)
        history.append(loss_and_grads(params, x, y, l2)[0])
    return params, history


if __name__ == "__main__":
    x = np.random.default_rng(1).uniform(-2, 2, (200, 1))
    p, h = train(init_params([1, 16, 16, 1]), x, np.sin(2 * x))
    print(h[0], h[-1])
