import numpy as np


def steepest_descent(f, df, x0, t0=1.0, shrink=0.5, c=1e-4, tol=1e-6, nmax=20000):
    """Minimise f by steepest descent with Armijo backtracking; returns (x, f values)."""
    x = np.asarray(x0, dtype=float).copy()
    values = [f(x)]
    for n in range(nmax):
        g = df(x)
        if np.sqrt(g @ g) < tol:
            break
        d = -g
        t = t0
        while f(x + t * d) > values[-1] - c * t * (g @ d) and t > 1e-14:
            t *= shrink
        x = x + t * d
        values.append(f(x))
    return x, np.array(values)


if __name__ == "__main__":
    M = np.array([[3.0, 0.4], [0.4, 1.0]])
    x, v = steepest_descent(lambda x: 0.5 * x @ M @ x, lambda x: M @ x, [2.0, -1.0])
    print(x, len(v))
