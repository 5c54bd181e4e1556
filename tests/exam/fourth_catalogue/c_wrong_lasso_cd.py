import numpy as np


def soft_threshold(rho, lam):
    if rho > lam:
        return rho - lam
    if rho < -lam:
        return rho - lam
    return 0.0


def lasso_coordinate_descent(X, y, lam=0.1, n_iters=200, tol=1e-8):
    """min_w 1/(2n) ||y - b - Xw||^2 + lam ||w||_1, b not penalised.

    Returns (b, w).
    """
    X = np.asarray(X, float)
    y = np.asarray(y, float)
    n, d = X.shape
    x_mean, y_mean = X.mean(0), y.mean()
    Xc, yc = X - x_mean, y - y_mean
    z = (Xc**2).sum(0) / n
    w = np.zeros(d)
    r = yc.copy()
    for _ in range(n_iters):
        biggest = 0.0
        for j in range(d):
            if z[j] == 0:
                continue
            old = w[j]
            rho = Xc[:, j] @ r / n + z[j] * old
            w[j] = soft_threshold(rho, lam) / z[j]
            r -= Xc[:, j] * (w[j] - old)
            biggest = max(biggest, abs(w[j] - old))
        if biggest < tol:
            break
    return y_mean - x_mean @ w, w
