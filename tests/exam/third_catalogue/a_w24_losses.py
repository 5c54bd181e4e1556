# ruff: noqa
# losses.py: value and gradient (with respect to the prediction) of common losses.
# All are means over the entries.
import numpy as np


def _pair(y_true, y_pred):
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ: %s vs %s" % (y_true.shape, y_pred.shape))
    return y_true, y_pred


def mse(y_true, y_pred):
    t, p = _pair(y_true, y_pred)
    return np.mean((p - t) ** 2)


def mse_grad(y_true, y_pred):
    t, p = _pair(y_true, y_pred)
    return 2 * (p - t) / p.size


def mae(y_true, y_pred):
    t, p = _pair(y_true, y_pred)
    return np.mean(np.abs(p - t))


def mae_grad(y_true, y_pred):
    t, p = _pair(y_true, y_pred)
    return np.sign(p - t) / p.size


def huber(y_true, y_pred, delta=1.0):
    """0.5*r^2 where |r| <= delta, beyond that the tangent line."""
    t, p = _pair(y_true, y_pred)
    r = np.abs(p - t)
    quadratic = 0.5 * r**2
    linear = delta * r - 0.5 * delta
    return np.mean(np.where(r <= delta, quadratic, linear))


def huber_grad(y_true, y_pred, delta=1.0):
    t, p = _pair(y_true, y_pred)
    return np.clip(p - t, -delta, delta) / p.size


def log_cosh(y_true, y_pred):
    t, p = _pair(y_true, y_pred)
    r = np.abs(p - t)
    return np.mean(r + np.log1p(np.exp(-2 * r)) - np.log(2))


def binary_cross_entropy(y_true, prob, eps=1e-12):
    t, p = _pair(y_true, prob)
    p = np.clip(p, eps, 1 - eps)
    return -np.mean(t * np.log(p) + (1 - t) * np.log1p(-p))


def hinge(y_true, score):
    """labels -1 / +1"""
    t, s = _pair(y_true, score)
    return np.mean(np.maximum(0.0, 1.0 - t * s))


def hinge_grad(y_true, score):
    t, s = _pair(y_true, score)
    return np.where(t * s < 1, -t, 0.0) / s.size
