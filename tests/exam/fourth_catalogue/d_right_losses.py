import numpy as np

EPS = 1e-12


def mse(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def mse_grad(y_true, y_pred):
    return 2 * (y_pred - y_true) / np.size(y_true)


def mae(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))


def mae_grad(y_true, y_pred):
    return np.sign(y_pred - y_true) / np.size(y_true)


def huber(y_true, y_pred, delta=1.0):
    error = np.abs(y_true - y_pred)
    quadratic = np.minimum(error, delta)
    linear = error - quadratic
    return np.mean(0.5 * quadratic**2 + delta * linear)


def huber_grad(y_true, y_pred, delta=1.0):
    return np.clip(y_pred - y_true, -delta, delta) / np.size(y_true)


def binary_cross_entropy(y_true, y_pred):
    p = np.clip(y_pred, EPS, 1 - EPS)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


def binary_cross_entropy_grad(y_true, y_pred):
    p = np.clip(y_pred, EPS, 1 - EPS)
    return (p - y_true) / (p * (1 - p)) / np.size(y_true)


def categorical_cross_entropy(y_true, y_pred):
    """y_true is one-hot (n, k), y_pred are probabilities (n, k)."""
    p = np.clip(y_pred, EPS, 1.0)
    return -np.mean(np.sum(y_true * np.log(p), axis=1))


def categorical_cross_entropy_grad(y_true, y_pred):
    p = np.clip(y_pred, EPS, 1.0)
    return -y_true / p / len(y_true)


def hinge(y_true, scores):
    """y_true in {-1, 1}."""
    return np.mean(np.maximum(0, 1 - y_true * scores))
