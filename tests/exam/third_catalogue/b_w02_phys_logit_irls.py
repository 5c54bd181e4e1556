# ruff: noqa
import numpy as np


def logit_irls(X, y, lam=0.0, iters=25, tol=1e-10):
    """MAP logistic regression, Newton steps. Minimises
    -log L + lam/2 |w|^2 (intercept, stored first, not penalised)."""
    A = np.c_[np.ones(len(X)), X]
    D = lam * np.eye(A.shape[1])
    D[0, 0] = 0
    th = np.zeros(A.shape[1])
    for _ in range(iters):
        p = 0.5 * (1 + np.tanh(0.5 * A @ th))
        g = A.T @ (p - y) - D @ th
        H = (A.T * (p * (1 - p))) @ A + D
        s = np.linalg.solve(H + 1e-12 * np.eye(len(th)), g)
        th = th - s
        if np.abs(s).max() < tol:
            break
    return th


def proba(th, X):
    return 0.5 * (1 + np.tanh(0.5 * (th[0] + X @ th[1:])))


if __name__ == "__main__":
    r = np.random.default_rng(1)
    X = r.normal(size=(300, 2))
    y = (r.random(300) < 1 / (1 + np.exp(-(X @ [2.0, -1] + 0.3)))).astype(float)
    for lam in (0.0, 1.0):
        th = logit_irls(X, y, lam)
        print(lam, th, ((proba(th, X) > 0.5) == y).mean())
