"""Full-batch gradient descent in plain Python loops over lists, with arrays only at the ends.
task: regression
candidate: train
"""

import numpy as np


def train(X, y, learning_rate=0.1, epochs=100):
    rows = np.asarray(X, dtype=float).tolist()
    targets = np.asarray(y, dtype=float).tolist()
    n = len(rows)
    d = len(rows[0])
    w = [0.0] * d
    b = 0.0
    for _ in range(epochs):
        grad_w = [0.0] * d
        grad_b = 0.0
        for row, target in zip(rows, targets, strict=True):
            miss = b - target
            for j in range(d):
                miss += w[j] * row[j]
            for j in range(d):
                grad_w[j] += 2.0 * miss * row[j] / n
            grad_b += 2.0 * miss / n
        w = [w[j] - learning_rate * grad_w[j] for j in range(d)]
        b -= learning_rate * grad_b
    return np.array(w), b
