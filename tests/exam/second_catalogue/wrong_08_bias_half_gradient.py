"""The weights' gradient has the factor 2/n of the squared error, the bias's gradient only 1/n.
task: regression
candidate: train
"""

import numpy as np


def compute_gradients(X, y, w, b):
    n_rows = X.shape[0]
    dw = np.zeros(X.shape[1])
    db = 0.0
    for i in range(n_rows):
        err = np.dot(X[i], w) + b - y[i]
        dw += 2 * err * X[i]
        db += err
    return dw / n_rows, db / n_rows


def train(X, y, learning_rate=0.05, epochs=200):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    w = np.zeros(X.shape[1])
    b = 0.0
    for _ in range(epochs):
        dw, db = compute_gradients(X, y, w, b)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b
