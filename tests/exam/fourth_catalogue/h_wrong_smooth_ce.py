import numpy as np


def softmax_cross_entropy(logits, labels, smoothing=0.1):
    """Mean softmax cross-entropy with label smoothing.

    The target is (1 - smoothing) * one_hot + smoothing * uniform over the K classes.
    logits (n, K), labels (n,) integers.  Returns (loss, gradient wrt logits).
    """
    n, k = logits.shape
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    target = np.full((n, k), smoothing / k)
    target[np.arange(n), labels] = 1 - smoothing
    loss = -(target * log_p).sum() / n
    grad = (np.exp(log_p) * target.sum(axis=1, keepdims=True) - target) / n
    return loss, grad
