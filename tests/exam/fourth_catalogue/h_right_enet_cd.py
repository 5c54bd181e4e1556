import numpy as np


def soft(z, g):
    return np.sign(z) * max(abs(z) - g, 0.0)


def elastic_net(X, y, lam=0.1, mix=0.5, sweeps=2000, tol=1e-9):
    """Cyclic coordinate descent for

        1/(2n) ||y - b0 - X b||^2 + lam * ( mix ||b||_1 + (1-mix)/2 ||b||_2^2 )

    Returns (b0, b).
    """
    X = np.asarray(X, float)
    y = np.asarray(y, float)
    n, p = X.shape
    mx, my = X.mean(0), y.mean()
    Xc = X - mx
    r = y - my
    b = np.zeros(p)
    sq = (Xc**2).sum(0) / n
    for _ in range(sweeps):
        biggest = 0.0
        for j in range(p):
            if sq[j] == 0:
                continue
            old = b[j]
            rho = Xc[:, j] @ r / n + sq[j] * old
            b[j] = soft(rho, lam * mix) / (sq[j] + lam * (1 - mix))
            if b[j] != old:
                r -= (b[j] - old) * Xc[:, j]
                biggest = max(biggest, abs(b[j] - old) * np.sqrt(sq[j]))
        if biggest < tol:
            break
    return my - mx @ b, b


class ElasticNetRegressor:
    def __init__(self, lam=0.1, mix=0.5):
        self.lam, self.mix = lam, mix

    def fit(self, X, y):
        self.intercept_, self.coef_ = elastic_net(X, y, self.lam, self.mix)
        return self

    def predict(self, X):
        return self.intercept_ + np.asarray(X, float) @ self.coef_
