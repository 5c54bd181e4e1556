# ruff: noqa
import numpy as np


def lsq(X, y, rcond=None):
    """Minimum-norm least squares for X of shape (d, n): one sample a COLUMN.
    Returns theta of length d + 1, the intercept LAST. The norm of the slopes alone is minimised."""
    X, y = np.atleast_2d(np.asarray(X, float)), np.asarray(y, float).ravel()
    m = X.mean(1, keepdims=True)
    U, s, Vt = np.linalg.svd(X - m, full_matrices=False)
    tol = (max(X.shape) * np.finfo(float).eps if rcond is None else rcond) * (s[0] if len(s) else 0)
    si = np.divide(1.0, s, out=np.zeros_like(s), where=s > tol)
    w = U @ (si * (Vt @ (y - y.mean())))
    return np.r_[w, y.mean() - w @ m[:, 0]]


def model(theta, X):
    return theta[:-1] @ np.atleast_2d(np.asarray(X, float)) + theta[-1]


def errors(theta, X, y):
    """1-sigma errors of theta (same order), noise estimated from the residuals, n > d + 1."""
    A = np.vstack([X, np.ones(np.shape(X)[-1])])
    r = y - model(theta, X)
    return np.sqrt(np.diag(np.linalg.inv(A @ A.T)) * (r @ r) / (A.shape[1] - A.shape[0]))


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(3, 2, (3, 200))
    y = np.array([1, -2, 0.5]) @ X + 4 + 0.1 * r.normal(size=200)
    t = lsq(X, y)
    print(t, errors(t, X, y))
