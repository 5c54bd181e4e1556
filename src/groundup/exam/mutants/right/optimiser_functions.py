# pyright: basic
"""Steps of optimisers as functions: parameters, gradient and memory go in, what they are next comes out."""

import numpy as np


def sgd(w, g, lr=0.01):
    """Down the gradient."""
    return w - lr * g


def momentum(w, g, v, lr=0.01, beta=0.9):
    """A heavy ball."""
    velocity = beta * v + g
    return w - lr * velocity, velocity


def nesterov(w, g, v, lr=0.01, mu=0.9):
    """A heavy ball that looks ahead."""
    speed = mu * v + g
    return w - lr * (g + mu * speed), speed


def adagrad(w, g, total, lr=0.01, eps=1e-8):
    """Divided by the root of all squares."""
    squares = total + g**2
    return w - lr * g / (np.sqrt(squares) + eps), squares


def rmsprop(w, g, s, lr=0.001, rho=0.9, eps=1e-8):
    """Divided by the root of recent squares."""
    recent = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(recent) + eps), recent


def adadelta(w, g, s, u, lr=1.0, rho=0.95, eps=1e-6):
    """Recent steps over recent gradients."""
    slopes = rho * s + (1 - rho) * g * g
    move = g * np.sqrt(u + eps) / np.sqrt(slopes + eps)
    moves = rho * u + (1 - rho) * move * move
    return w - lr * move, slopes, moves


def adam(w, g, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Two averages, both corrected; t counts from 1."""
    mean = beta1 * m + (1 - beta1) * g
    size = beta2 * v + (1 - beta2) * g**2
    mean_hat = mean / (1 - beta1**t)
    size_hat = size / (1 - beta2**t)
    return w - lr * mean_hat / (np.sqrt(size_hat) + eps), mean, size
