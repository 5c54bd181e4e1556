from dataclasses import dataclass, field

import numpy as np


@dataclass
class AdamW:
    """Adam with decoupled weight decay (Loshchilov & Hutter, 2019)."""

    lr: float = 1e-3
    betas: tuple = (0.9, 0.999)
    eps: float = 1e-8
    weight_decay: float = 0.01
    _state: dict = field(default_factory=dict, repr=False)
    _t: int = 0

    def step(self, params: dict, grads: dict) -> dict:
        self._t += 1
        b1, b2 = self.betas
        new_params = {}
        for key, theta in params.items():
            g = grads[key] + self.weight_decay * theta
            m, v = self._state.get(key, (np.zeros_like(theta), np.zeros_like(theta)))
            m = b1 * m + (1 - b1) * g
            v = b2 * v + (1 - b2) * g**2
            self._state[key] = (m, v)
            m_hat = m / (1 - b1**self._t)
            v_hat = v / (1 - b2**self._t)
            new_params[key] = theta - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
        return new_params
