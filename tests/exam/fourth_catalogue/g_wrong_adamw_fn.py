"""AdamW: Adam with decoupled weight decay (Loshchilov & Hutter, 2019)."""

import numpy as np


def init_state(w):
    return {"step": 0, "exp_avg": np.zeros_like(w), "exp_avg_sq": np.zeros_like(w)}


def adamw_step(w, grad, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
    """One step; returns the new weights, and changes state in place."""
    b1, b2 = betas
    state["step"] += 1
    t = state["step"]
    state["exp_avg"] = b1 * state["exp_avg"] + (1 - b1) * grad
    state["exp_avg_sq"] = b2 * state["exp_avg_sq"] + (1 - b2) * grad**2
    m_hat = state["exp_avg"] / (1 - b1**t)
    v_hat = state["exp_avg_sq"] / (1 - b2**t)
    return w - lr * (m_hat + weight_decay * w) / (np.sqrt(v_hat) + eps)
