"""Multiclass logistic regression.

    L(W) = -(1/N) sum_i log p(y_i | x_i) + (lam / 2N) ||W[:-1]||^2

W is (D + 1) x K, its last row is the bias.
"""

import numpy as np


def with_ones(X):
    return np.concatenate([X, np.ones((len(X), 1))], axis=1)


def log_softmax(scores):
    m = scores.max(axis=1, keepdims=True)
    return scores - m - np.log(np.exp(scores - m).sum(axis=1, keepdims=True))


def loss(W, X, y, lam=1.0):
    N = len(X)
    logp = log_softmax(with_ones(X) @ W)
    return -logp[np.arange(N), y].mean() + lam / (2 * N) * np.sum(W[:-1] ** 2)


def gradient(W, X, y, lam=1.0):
    N = len(X)
    A = with_ones(X)
    P = np.exp(log_softmax(A @ W))
    P[np.arange(N), y] -= 1
    dW = A.T @ P / N
    dW[:-1] += lam * W[:-1]
    return dW


def train(X, y, n_classes, lam=1.0, lr=0.2, epochs=3000):
    W = np.zeros((X.shape[1] + 1, n_classes))
    for _ in range(epochs):
        W -= lr * gradient(W, X, y, lam)
    return W


def predict(W, X):
    return np.argmax(with_ones(X) @ W, axis=1)
