"""Elastic net by accelerated proximal gradient (notebook 07 of my ML-from-scratch series)."""

import numpy as np


def shrink(v, t):
    return np.sign(v) * np.maximum(np.abs(v) - t, 0)


def objective(X, y, w, b, l1, l2):
    n = len(y)
    return np.sum((X.dot(w) + b - y) ** 2) / n + l1 * np.abs(w).sum() + l2 * np.sum(w**2)


def elastic_net(X, y, l1=0.1, l2=0.1, n_iter=5000):
    """
    Minimise  MSE(w, b) + l1*|w|_1 + l2*|w|_2^2   (MSE is the plain mean of squared errors)

    Returns w (d,), b (float).
    """
    X = np.asarray(X, float)
    y = np.asarray(y, float)
    n, d = X.shape
    mx, my = X.mean(0), y.mean()
    A, t = X - mx, y - my
    lipschitz = 2 * np.linalg.norm(A, 2) ** 2 / n + 2 * l2
    step = 1 / lipschitz
    w = np.zeros(d)
    z = w.copy()
    k = 1.0
    for _ in range(n_iter):
        g = 2 / n * A.T.dot(A.dot(z) - t) + 2 * l2 * z
        w_next = shrink(z - step * g, step * l1)
        if np.dot(z - w_next, w_next - w) > 0:
            k = 1.0
        k_next = (1 + np.sqrt(1 + 4 * k * k)) / 2
        z = w_next + (k - 1) / k_next * (w_next - w)
        w, k = w_next, k_next
    return w, my - mx.dot(w)


def predict(X, w, b):
    return np.dot(X, w) + b


if __name__ == "__main__":
    rng = np.random.RandomState(3)
    X = rng.randn(80, 10)
    y = X[:, 0] * 3 - X[:, 4] * 2 + 5 + rng.randn(80) * 0.3
    for l1 in (0, 0.1, 1, 5):
        w, b = elastic_net(X, y, l1=l1)
        print(l1, np.round(w, 3), round(b, 3), objective(X, y, w, b, l1, 0.1))
