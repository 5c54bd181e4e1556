# pyright: basic
"""Activations, losses and metrics as plain functions, none of which overflows or divides nothing by nothing."""

import numpy as np


def sigmoid(z):
    """1 / (1 + e^-z)."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(z):
    """s (1 - s)."""
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def tanh(z):
    """By the exponential of -2|z|."""
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


def tanh_derivative(z):
    """1 - tanh²."""
    return 1 - np.tanh(z) ** 2


def relu(z):
    """max(z, 0)."""
    return np.maximum(z, 0)


def relu_derivative(z):
    """0 or 1."""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


def leaky_relu(z):
    """z, or a hundredth of it."""
    return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))


def softplus(z):
    """log(1 + e^z)."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def elu(z):
    """z, or e^z - 1."""
    return np.where(np.asarray(z) > 0, z, np.expm1(np.minimum(z, 0)))


def softmax(z):
    """e^z of a row, divided by its sum."""
    shifted = z - np.max(z, axis=-1, keepdims=True)
    e = np.exp(shifted)
    return e / np.sum(e, axis=-1, keepdims=True)


def mse(y, y_pred):
    """The mean of the squares."""
    return np.mean((np.asarray(y, dtype=float) - y_pred) ** 2)


def mae(y, y_pred):
    """The mean of the magnitudes."""
    return np.mean(np.abs(np.asarray(y, dtype=float) - y_pred))


def rmse(y, y_pred):
    """The root of the mean of the squares."""
    return np.sqrt(np.mean((np.asarray(y, dtype=float) - y_pred) ** 2))


def huber(y, y_pred, delta=1.0):
    """Squares inside, straight outside."""
    r = np.abs(np.asarray(y, dtype=float) - y_pred)
    return np.mean(np.where(r <= delta, 0.5 * r**2, delta * (r - 0.5 * delta)))


def r2(y, y_pred):
    """1 - RSS / TSS."""
    y, y_pred = np.asarray(y, dtype=float), np.asarray(y_pred, dtype=float)
    rss = np.sum((y - y_pred) ** 2)
    tss = np.sum((y - np.mean(y)) ** 2)
    return 1 - rss / tss


def log_loss(y, p):
    """The mean of -log of the probability of what happened."""
    y, p = np.asarray(y), np.asarray(p, dtype=float)
    chance = np.where(y == 1, p, 1 - p)
    return -np.mean(np.log(chance))


def accuracy(y, y_pred):
    """The share of hits."""
    return np.mean(np.asarray(y) == np.asarray(y_pred))


def precision(y, y_pred):
    """Of those called positive, the share that is."""
    y, y_pred = np.asarray(y), np.asarray(y_pred)
    tp = np.sum((y == 1) & (y_pred == 1))
    fp = np.sum((y == 0) & (y_pred == 1))
    return tp / max(tp + fp, 1)


def recall(y, y_pred):
    """Of the positives, the share that is found."""
    y, y_pred = np.asarray(y), np.asarray(y_pred)
    tp = np.sum((y == 1) & (y_pred == 1))
    fn = np.sum((y == 1) & (y_pred == 0))
    return tp / max(tp + fn, 1)


def f1(y, y_pred):
    """The harmonic mean of the two."""
    p, r = precision(y, y_pred), recall(y, y_pred)
    return 2 * p * r / max(p + r, 1e-300)


def roc_auc(y, score):
    """The share of pairs in the right order, ties half."""
    y, score = np.asarray(y), np.asarray(score)
    gap = score[y == 1][:, None] - score[y == 0][None, :]
    return np.mean((gap > 0) + 0.5 * (gap == 0))
