import numpy as np


def log_loss(y_true, p, eps=1e-15):
    """Mean negative log likelihood.

    y_true: labels 0/1 with p the probability of 1, or integer labels 0..K-1 with p of shape (n, K).
    Probabilities are clipped to [eps, 1 - eps].
    """
    y = np.asarray(y_true).ravel().astype(int)
    p = np.clip(np.asarray(p, dtype=float), eps, 1 - eps)
    if p.ndim == 2 and p.shape[1] > 1:
        return float(-np.log(p[np.arange(len(y)), y]).mean())
    p = p.ravel()
    return float(-np.mean(np.where(y == 1, np.log(p), np.log1p(-p))))
