import numpy as np


def fit_wls(X, y, weights=None):
    """Weighted least squares: minimises sum_i weights_i * (y_i - b - x_i w)^2.

    Returns (w, b).
    """
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float).reshape(-1)
    n = X.shape[0]
    weights = np.ones(n) if weights is None else np.asarray(weights, dtype=float).reshape(-1)
    A = np.column_stack([X, np.ones(n)])
    Aw = A * weights[:, None]
    yw = y * weights
    sol = np.linalg.lstsq(Aw, yw, rcond=None)[0]
    return sol[:-1], sol[-1]


def predict_wls(X, w, b):
    return np.asarray(X, dtype=float) @ w + b
