import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def one_hot(y, k):
    out = np.zeros((len(y), k))
    out[np.arange(len(y)), y] = 1
    return out


def train(X, y, learning_rate=0.1, epochs=500):
    n, d = X.shape
    k = int(y.max()) + 1
    W = np.zeros((d, k))
    b = np.zeros((1, k))
    Y = one_hot(y, k)
    for epoch in range(epochs):
        P = softmax(X @ W + b)
        dZ = (P - Y) / n
        W -= learning_rate * (X.T @ dZ)
        b -= learning_rate * dZ.sum(axis=0, keepdims=True)
    return W, b


def predict_proba(X, W, b):
    return softmax(X @ W + b)


def predict(X, W, b):
    return np.argmax(predict_proba(X, W, b), axis=1)
