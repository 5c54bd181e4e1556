import numpy as np


def soft_threshold(rho, lam):
    if rho < -lam:
        return rho + lam
    elif rho > lam:
        return rho - lam
    return 0.0


class LassoHomemade:
    """
    Coordinate descent for

        1/2 * sum_i (y_i - b - x_i . w)^2  +  lam * sum_j |w_j|

    (no 1/n in front, so lam grows with the data set; the intercept is not penalised)
    """

    def __init__(self, lam=1.0, sweeps=1000, tol=1e-10):
        self.lam = lam
        self.sweeps = sweeps
        self.tol = tol

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n, p = X.shape
        w = np.zeros(p)
        b = y.mean()
        r = y - b
        sq = (X**2).sum(axis=0)
        for sweep in range(self.sweeps):
            biggest = 0.0
            for j in range(p):
                if sq[j] == 0:
                    continue
                rho = X[:, j] @ r + sq[j] * w[j]
                new = soft_threshold(rho, self.lam) / sq[j]
                move = new - w[j]
                if move != 0:
                    r -= move * X[:, j]
                    w[j] = new
                    biggest = max(biggest, abs(move) * np.sqrt(sq[j]))
            shift = r.mean()
            b += shift
            r -= shift
            biggest = max(biggest, abs(shift) * np.sqrt(n))
            if biggest < self.tol * np.linalg.norm(y - y.mean()):
                break
        self.w, self.b, self.n_sweeps = w, b, sweep + 1
        return self

    def predict(self, X):
        return np.asarray(X) @ self.w + self.b
