import numpy as np


def bfgs(f, grad, x0, gtol=1e-8, maxit=500):
    """Minimise f starting from x0; returns x, f(x), iterations."""
    x = np.array(x0, dtype=float)
    n = x.size
    H = np.eye(n)
    fx, g = f(x), grad(x)
    for k in range(maxit):
        if np.max(np.abs(g)) < gtol:
            return x, fx, k
        d = -H @ g
        slope = g @ d
        if slope >= 0:
            H = np.eye(n)
            d, slope = -g, -(g @ g)
        t, lo, hi = 1.0, 0.0, np.inf
        for _ in range(60):
            xn = x + t * d
            fn = f(xn)
            if not fn <= fx + 1e-4 * t * slope:
                hi = t
            else:
                gn = grad(xn)
                if gn @ d >= 0.9 * slope:
                    break
                lo = t
            t = 2 * lo if np.isinf(hi) else 0.5 * (lo + hi)
        else:
            xn = x + t * d
            fn, gn = f(xn), grad(xn)
            if fn >= fx:
                return x, fx, k
        s, y = xn - x, gn - g
        sy = s @ y
        if sy > 1e-14 * np.sqrt((s @ s) * (y @ y)):
            if k == 0:
                H = sy / (y @ y) * np.eye(n)
            V = np.eye(n) - np.outer(s, y) / sy
            H = V @ H @ V.T + np.outer(s, s) / sy
        x, fx, g = xn, fn, gn
    return x, fx, maxit


def fit_exponential(t, c, start=(1.0, 1.0, 0.0)):
    """Least squares fit of c = A exp(-k t) + B; returns (A, k, B)."""

    def cost(p):
        return 0.5 * np.sum((p[0] * np.exp(-p[1] * t) + p[2] - c) ** 2)

    def dcost(p):
        e = np.exp(-p[1] * t)
        r = p[0] * e + p[2] - c
        return np.array([r @ e, -r @ (p[0] * t * e), r.sum()])

    return bfgs(cost, dcost, start)[0]


if __name__ == "__main__":
    rosen = lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2
    drosen = lambda x: np.array([-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)])
    print(bfgs(rosen, drosen, [-1.2, 1.0]))
