import numpy as np


def ridge_regression(X, y, lam=1.0):
    """Solve (A'A + lam*I) w = A'y where A is X with a column of ones; the intercept is not regularized.

    Returns (coefficients, intercept).
    """
    n, d = X.shape
    A = np.hstack((X, np.ones((n, 1))))
    I = np.eye(d + 1)
    I[0, 0] = 0
    w = np.linalg.solve(A.T @ A + lam * I, A.T @ y)
    return w[:-1], w[-1]


def rmse(X, y, coef, intercept):
    return np.sqrt(np.mean((X @ coef + intercept - y) ** 2))


if __name__ == "__main__":
    rng = np.random.default_rng(7)
    X = rng.uniform(-1, 1, (80, 5))
    y = X @ np.arange(1, 6) + 0.5 + rng.normal(0, 0.2, 80)
    c, b = ridge_regression(X, y, lam=0.5)
    print(c.round(2), round(b, 2), rmse(X, y, c, b))
