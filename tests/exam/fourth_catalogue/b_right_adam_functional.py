from typing import NamedTuple

import numpy as np


class AdamState(NamedTuple):
    count: int
    mu: np.ndarray
    nu: np.ndarray


def adam_init(w) -> AdamState:
    w = np.asarray(w, dtype=float)
    return AdamState(0, np.zeros_like(w), np.zeros_like(w))


def adam_update(w, g, state: AdamState, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """One Adam step. Nothing is changed in place; returns (new_w, new_state)."""
    t = state.count + 1
    mu = b1 * state.mu + (1 - b1) * g
    nu = b2 * state.nu + (1 - b2) * np.square(g)
    step = lr * np.sqrt(1 - b2**t) / (1 - b1**t)
    new_w = w - step * mu / (np.sqrt(nu) + eps * np.sqrt(1 - b2**t))
    return new_w, AdamState(t, mu, nu)
