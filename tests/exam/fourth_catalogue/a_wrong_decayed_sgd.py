import numpy as np


def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def train(X, y, lr=0.3, epochs=300, decay=0.05, batch_size=32, seed=0):
    """Mini-batch logistic regression (labels 0/1) with lr_t = lr / (1 + decay * t).

    Returns weights, bias and the per-epoch loss list.
    """
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).ravel()
    n, d = X.shape
    rng = np.random.default_rng(seed)
    w, b = np.zeros(d), 0.0
    losses = []
    for epoch in range(epochs):
        lr = lr / (1 + decay * epoch)
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            delta = sigmoid(X[rows] @ w + b) - y[rows]
            w = w - lr * X[rows].T @ delta / len(rows)
            b = b - lr * delta.mean()
        z = X @ w + b
        losses.append(np.mean(np.logaddexp(0, z) - y * z))
    return w, b, losses


def predict(X, w, b):
    return (sigmoid(np.asarray(X, dtype=float) @ w + b) >= 0.5).astype(int)
