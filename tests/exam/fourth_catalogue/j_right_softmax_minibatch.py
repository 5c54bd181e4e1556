import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def one_hot(y, c):
    y_hot = np.zeros((len(y), c))
    y_hot[np.arange(len(y)), y] = 1
    return y_hot


def fit(X, y, lr=0.2, c=None, epochs=500, batch_size=32, seed=0):
    """Softmax regression. y holds the classes 0 .. c-1."""
    rng = np.random.default_rng(seed)
    m, n = X.shape
    if c is None:
        c = int(y.max()) + 1
    w = np.zeros((n, c))
    b = np.zeros(c)
    Y = one_hot(y, c)
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(m)
        step = lr / (1 + 0.05 * epoch)
        for start in range(0, m, batch_size):
            idx = order[start : start + batch_size]
            y_hat = softmax(X[idx] @ w + b)
            diff = y_hat - Y[idx]
            w_grad = X[idx].T @ diff / len(idx)
            b_grad = diff.mean(axis=0)
            w -= step * w_grad
            b -= step * b_grad
        p = softmax(X @ w + b)
        losses.append(-np.mean(np.log(p[np.arange(m), y] + 1e-15)))
    return w, b, losses


def predict(X, w, b):
    return np.argmax(softmax(X @ w + b), axis=1)


def accuracy(y, y_hat):
    return np.sum(y == y_hat) / len(y)
