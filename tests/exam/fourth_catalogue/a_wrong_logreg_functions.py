import numpy as np


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))


def loss(w, b, X, y, lam=0.0):
    """Mean cross-entropy + lam/(2n) * ||w||^2."""
    n = len(y)
    z = X @ w + b
    ce = np.mean(np.logaddexp(0, z) - y * z)
    return ce + lam / (2 * n) * np.dot(w, w)


def gradient(w, b, X, y, lam=0.0):
    """Gradient of `loss` with respect to w and b."""
    n = len(y)
    diff = sigmoid(X @ w + b) - y
    dw = X.T @ diff / n + lam * w
    db = np.mean(diff)
    return dw, db


def train(X, y, lr=0.3, epochs=2000, lam=1.0):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).ravel()
    w = np.zeros(X.shape[1])
    b = 0.0
    history = []
    for _ in range(epochs):
        dw, db = gradient(w, b, X, y, lam)
        w = w - lr * dw
        b = b - lr * db
        history.append(loss(w, b, X, y, lam))
    return w, b, history


def predict(X, w, b, threshold=0.5):
    return (sigmoid(np.asarray(X, dtype=float) @ w + b) >= threshold).astype(int)
