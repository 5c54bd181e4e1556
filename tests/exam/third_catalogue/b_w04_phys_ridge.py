# ruff: noqa
import numpy as np


def ridge(X, y, lam):
    """argmin_w,b  1/n |y - Xw - b|^2 + lam |w|^2.
    Uses whichever of the primal (d x d) / dual (n x n) systems is smaller."""
    X, y = np.asarray(X, float), np.asarray(y, float)
    n, d = X.shape
    mx, my = X.mean(0), y.mean()
    Xc, yc = X - mx, y - my
    if d <= n:
        w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(d), Xc.T @ yc)
    else:
        w = Xc.T @ np.linalg.solve(Xc @ Xc.T + lam * np.eye(n), yc)
    return w, my - mx @ w


if __name__ == "__main__":
    r = np.random.default_rng(3)
    for n, d in ((50, 4), (20, 40)):
        X = r.normal(size=(n, d))
        y = X[:, 0] * 2 - X[:, 1] + 1
        w, b = ridge(X, y, 0.01)
        print(n, d, np.mean((X @ w + b - y) ** 2))
