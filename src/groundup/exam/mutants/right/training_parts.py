# pyright: basic
"""Parts of a training loop: clipping, early stopping, schedules."""

import math

import numpy as np


def clip_by_norm(g, max_norm):
    """The same direction, no longer than max_norm."""
    length = np.sqrt((g**2).sum())
    if length > max_norm:
        return g * (max_norm / length)
    return g


class EarlyStopping:
    """Says when the best loss is `patience` epochs old."""

    def __init__(self, patience=5, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best = math.inf
        self.bad = 0

    def step(self, loss):
        """Whether to stop."""
        if loss < self.best - self.min_delta:
            self.best = loss
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience


def exponential_schedule(epoch, initial_lr, decay):
    """The same share every epoch."""
    return initial_lr * decay**epoch


def step_schedule(epoch, initial_lr, drop, every):
    """A drop every so many epochs."""
    return initial_lr * drop ** (epoch // every)


def inverse_schedule(epoch, lr0, decay):
    """Slower and slower."""
    return lr0 / (1 + decay * epoch)


def cosine_schedule(epoch, total, lr_max, lr_min=0.0):
    """Half a cosine."""
    return lr_min + 0.5 * (lr_max - lr_min) * (1 + math.cos(math.pi * epoch / total))


def warmup_schedule(step, warmup_steps, base_lr):
    """From nothing to the whole rate."""
    return base_lr * min(1.0, step / warmup_steps)
