# ruff: noqa
import numpy as np


def objective(th, A, s, lam):
    """SUM (not mean) over samples of log(1 + exp(-s f)) + lam/2 |w|^2; th = (b, w)."""
    return np.logaddexp(0, -s * (A @ th)).sum() + 0.5 * lam * th[1:] @ th[1:]


def fit(X, s, lam=1.0, iters=50, tol=1e-10):
    """Damped Newton; labels s are +-1. sklearn's C is 1/lam."""
    A, s = np.c_[np.ones(len(X)), X], np.asarray(s, float)
    D = lam * np.r_[0, np.ones(A.shape[1] - 1)]
    th, hist = np.zeros(A.shape[1]), []
    J = objective(th, A, s, lam)
    for _ in range(iters):
        q = 0.5 * (1 - np.tanh(0.5 * s * (A @ th)))  # prob. of the other sign
        g = -A.T @ (s * q) + D * th
        if np.abs(g).max() < tol:
            break
        p = np.linalg.lstsq((A.T * (q * (1 - q))) @ A + np.diag(D), g, rcond=None)[0]
        t = 1.0
        while t > 1e-10 and objective(th - t * p, A, s, lam) > J - 1e-4 * t * (g @ p) + 1e-12 * abs(J):
            t /= 2
        th = th - t * p
        J = objective(th, A, s, lam)
        hist.append(J)
    return th, np.array(hist)


def field(th, X):
    return th[0] + np.asarray(X, float) @ th[1:]


def predict(th, X):
    return np.where(field(th, X) >= 0, 1, -1)


if __name__ == "__main__":
    r = np.random.default_rng(1)
    X = r.normal(size=(200, 3))
    s = np.where(X @ [1, -2, 0.5] + r.normal(size=200) > 0, 1, -1)
    th, h = fit(X, s)
    print(th, h, (predict(th, X) == s).mean())
