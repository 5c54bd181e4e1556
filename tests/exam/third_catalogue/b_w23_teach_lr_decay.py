# ruff: noqa
"""Lab: mini-batch gradient descent with learning-rate decay -- solution."""

import numpy as np


def compute_cost(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2) / 2


def compute_gradient(X, y, w, b):
    err = X @ w + b - y
    return np.mean(err), X.T @ err / len(y)


def random_mini_batches(X, y, batch_size, rng):
    perm = rng.permutation(len(y))
    return [(X[perm[s : s + batch_size]], y[perm[s : s + batch_size]]) for s in range(0, len(y), batch_size)]


def update_lr(alpha, epoch, decay_rate):
    """alpha / (1 + decay_rate * epoch), the initial rate being alpha"""
    return alpha / (1 + decay_rate * epoch)


def gradient_descent(X, y, w_in, b_in, alpha, num_epochs, batch_size=32, decay_rate=0.0, seed=0):
    """
    In epoch t = 0, 1, ... the learning rate is alpha / (1 + decay_rate * t).

    Returns w, b, J_history (full-data cost after each epoch), alphas (rate of each epoch)
    """
    rng = np.random.default_rng(seed)
    w, b = np.array(w_in, dtype=float), float(b_in)
    J_history, alphas = [], []
    for epoch in range(num_epochs):
        alpha = update_lr(alpha, epoch, decay_rate)
        alphas.append(alpha)
        for Xb, yb in random_mini_batches(X, y, batch_size, rng):
            dj_db, dj_dw = compute_gradient(Xb, yb, w, b)
            w = w - alpha * dj_dw
            b = b - alpha * dj_db
        J_history.append(compute_cost(X, y, w, b))
    return w, b, J_history, alphas


def predict(X, w, b):
    return X @ w + b


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(200, 2))
    y = X @ [1.0, -2.0] + 3
    w, b, J, a = gradient_descent(X, y, np.zeros(2), 0.0, 0.1, 60, decay_rate=0.05)
    print(w, b, J[0], J[-1], a[:3])
