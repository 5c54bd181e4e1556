import numpy as np


def bce_logits(z, y):
    """Mean binary cross entropy from logits."""
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    return float(np.mean(np.logaddexp(0.0, z) - y * z))


def bce_logits_grad(z, y):
    """Gradient of bce_logits with respect to z."""
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    return (0.5 * (1 + np.tanh(0.5 * z)) - y) / z.size


def hinge(f, y):
    """Mean hinge loss; labels in {-1, +1}."""
    return float(np.mean(np.maximum(0.0, 1.0 - np.asarray(y) * np.asarray(f))))


def hinge_grad(f, y):
    """A subgradient of hinge with respect to f (0 at the kink)."""
    f, y = np.asarray(f, dtype=float), np.asarray(y, dtype=float)
    return np.where(y * f < 1.0, -y, 0.0) / f.size
