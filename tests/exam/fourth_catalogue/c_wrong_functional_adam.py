"""Optimisers as (init, update, get_params) triples over lists of arrays."""

import numpy as np


def sgd(step_size):
    def init(params):
        return list(params)

    def update(i, grads, state):
        return [p - step_size * g for p, g in zip(state, grads)]

    def get_params(state):
        return state

    return init, update, get_params


def adam(step_size, b1=0.9, b2=0.999, eps=1e-8):
    def init(params):
        return [
            (np.array(p, dtype=float), np.zeros_like(p, dtype=float), np.zeros_like(p, dtype=float)) for p in params
        ]

    def update(i, grads, state):
        """i counts from 0."""
        t = i + 1
        new = []
        for (x, m, v), g in zip(state, grads):
            m = (1 - b1) * g + b1 * m
            v = (1 - b2) * g**2 + b2 * v
            mhat = m / (1 - b1**t)
            vhat = v / (1 - b1**t)
            x = x - step_size * mhat / (np.sqrt(vhat) + eps)
            new.append((x, m, v))
        return new

    def get_params(state):
        return [x for x, _, _ in state]

    return init, update, get_params
