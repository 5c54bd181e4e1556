"""Right optimisers, clippings, early stoppings and schedules in many spellings. None of them may fail."""

from __future__ import annotations

import numpy as np


def sgd(w, g, lr):
    return w - lr * g


def classical(params, grads, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * grads
    return params + velocity, velocity


def averaged(w, dw, v, alpha, beta):
    v = beta * v + (1 - beta) * dw
    return w - alpha * v, v


def bengio(x, dx, v, lr, mu):
    before = v
    v = mu * v - lr * dx
    return x - mu * before + (1 + mu) * v, v


def rms_inside(w, dw, s, lr, decay_rate=0.9, eps=1e-8):
    s = decay_rate * s + (1 - decay_rate) * dw**2
    return w - lr * dw / np.sqrt(s + eps), s


def adam(w, g, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def adam_from_zero(w, g, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return (*adam(w, g, m, v, t + 1, lr, beta1, beta2, eps), t + 1)


def adam_hat(theta, grad, m, v, t, eta, b1, b2, epsilon):
    m, v = b1 * m + (1 - b1) * grad, b2 * v + (1 - b2) * grad * grad
    rate = eta * np.sqrt(1 - b2**t) / (1 - b1**t)
    return theta - rate * m / (np.sqrt(v) + epsilon), m, v


def adam_state(w, g, state, lr):
    if not state:
        state.update(m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    state["t"] += 1
    w, state["m"], state["v"] = adam(w, g, state["m"], state["v"], state["t"], lr)
    return w


class AdamDict:
    """Dicts of arrays, changed in place; epsilon 1e-7."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.beta1, self.beta2, self.t = lr, beta1, beta2, 0
        self.m, self.v = {}, {}

    def update(self, params, grads):
        self.t += 1
        for key in params:
            self.m[key] = self.beta1 * self.m.get(key, 0.0) + (1 - self.beta1) * grads[key]
            self.v[key] = self.beta2 * self.v.get(key, 0.0) + (1 - self.beta2) * grads[key] ** 2
            mean, size = self.m[key] / (1 - self.beta1**self.t), self.v[key] / (1 - self.beta2**self.t)
            params[key] -= self.lr * mean / (np.sqrt(size) + 1e-7)


class MomentumOwner:
    """It is given the parameters when it is made."""

    def __init__(self, params, lr=0.1, momentum=0.9):
        self.params, self.lr, self.momentum = params, lr, momentum
        self.v = [np.zeros_like(p) for p in params]

    def step(self, grads):
        for p, v, g in zip(self.params, self.v, grads, strict=True):
            v *= self.momentum
            v += g
            p -= self.lr * v


class MomentumList:
    """Lists in and out, with l2."""

    def __init__(self, lr=0.1, momentum=0.9, weight_decay=0.0):
        self.lr, self.momentum, self.weight_decay, self.v = lr, momentum, weight_decay, None

    def step(self, params, grads):
        self.v = self.v or [0.0 for _ in params]
        pulls = [g + self.weight_decay * p for p, g in zip(params, grads, strict=True)]
        self.v = [self.momentum * v + g for v, g in zip(self.v, pulls, strict=True)]
        return [p - self.lr * v for p, v in zip(params, self.v, strict=True)]


def clip(g, max_norm):
    length = np.linalg.norm(g)
    return g * max_norm / length if length > max_norm else g


def clip_list(grads, max_norm):
    factor = min(1, max_norm / (np.sqrt(sum((g**2).sum() for g in grads)) + 1e-6))
    return [g * factor for g in grads]


class Stopper:
    """A flag, patience reached."""

    def __init__(self, patience=5, min_delta=0):
        self.patience, self.min_delta, self.best, self.count = patience, min_delta, np.inf, 0
        self.early_stop = False

    def __call__(self, val_loss):
        if val_loss < self.best - self.min_delta:
            self.best, self.count = val_loss, 0
        else:
            self.count += 1
            self.early_stop = self.count >= self.patience


class LaterStopper:
    """An answer, patience exceeded."""

    def __init__(self, patience=5):
        self.patience, self.best, self.counter = patience, None, 0

    def step(self, loss):
        if self.best is None or loss < self.best:
            self.best, self.counter = loss, 0
            return False
        self.counter += 1
        return self.counter > self.patience


def cosine(t, T, lr_max, lr_min=0.0):
    return lr_min + 0.5 * (lr_max - lr_min) * (1 + np.cos(np.pi * t / T))


def stairs(epoch, initial_lr, drop, epochs_drop):
    return initial_lr * drop ** np.floor((1 + epoch) / epochs_drop)


def falling(lr0, decay, epoch):
    return lr0 * np.exp(-decay * epoch)


def slower(lr0, decay, epoch):
    return lr0 / (1 + decay * epoch)


def warm(step, warmup_steps, base_lr):
    return base_lr * min(1, step / warmup_steps)


RIGHT = [
    *((sgd, "sgd"), (classical, "momentum"), (averaged, "momentum"), (bengio, "nesterov"), (rms_inside, "rmsprop")),
    *((adam, "adam_step"), (adam_from_zero, "adam"), (adam_hat, "adam"), (adam_state, "adam"), (AdamDict, "adam")),
    *((MomentumOwner, "momentum"), (MomentumList, "momentum"), (MomentumList(), "momentum")),
    *((clip, "clip_by_norm"), (clip_list, "clip_by_norm"), (lambda g, c: np.clip(g, -c, c), "clip_by_value")),
    *((Stopper, "early_stopping"), (LaterStopper, "early_stopping"), (cosine, "cosine_schedule")),
    *((stairs, "step_decay"), (falling, "exponential_schedule"), (slower, "inverse_schedule"), (warm, "warmup")),
]
