import numpy as np


def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def swish(x, beta=1.0):
    return x * sigmoid(beta * x)


def swish_prime(x, beta=1.0):
    s = sigmoid(beta * x)
    f = x * s
    return beta * f + s * (1 - s)
