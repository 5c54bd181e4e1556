# ruff: noqa
import numpy as np


def softmax(Z):
    """Row-wise softmax, shifted for stability."""
    E = np.exp(Z - Z.max())
    return E / E.sum(1, keepdims=True)


def fit(X, y, k, lr=0.5, steps=500, l2=0.0):
    A = np.c_[X, np.ones(len(X))]
    T = np.eye(k)[y]
    W = np.zeros((A.shape[1], k))
    for _ in range(steps):
        G = A.T @ (softmax(A @ W) - T) / len(A)
        G[:-1] += l2 * W[:-1]
        W -= lr * G
    return W


def predict_proba(W, X):
    return softmax(np.c_[X, np.ones(len(X))] @ W)


def predict(W, X):
    return predict_proba(W, X).argmax(1)


if __name__ == "__main__":
    r = np.random.default_rng(2)
    C = np.array([[0, 3], [3, -1], [-3, -1.0]])
    y = r.integers(0, 3, 300)
    X = C[y] + r.normal(size=(300, 2))
    W = fit(X, y, 3)
    print((predict(W, X) == y).mean())
