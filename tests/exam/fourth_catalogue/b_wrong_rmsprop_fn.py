import numpy as np


def rmsprop(w, dw, config=None):
    """
    RMSProp update rule.

    config keys: learning_rate, decay_rate, epsilon, cache
    Returns (next_w, config).
    """
    config = dict(config or {})
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("decay_rate", 0.99)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w, dtype=float))

    cache = config["decay_rate"] * config["cache"] + (1 - config["decay_rate"]) * dw**2
    next_w = w - config["learning_rate"] * (dw / np.sqrt(cache) + config["epsilon"])
    config["cache"] = cache
    return next_w, config
