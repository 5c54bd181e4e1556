import numpy as np


def bce_with_logits(logits, targets, reduction="mean"):
    """Binary cross entropy straight from logits, in the numerically stable form."""
    z = np.asarray(logits, dtype=np.float64)
    y = np.asarray(targets, dtype=np.float64)
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-z))
    if reduction == "mean":
        return loss.mean()
    if reduction == "sum":
        return loss.sum()
    return loss
