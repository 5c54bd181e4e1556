# ruff: noqa
import numpy as np


class ElasticNet:
    """Elastic net by coordinate descent on the Gram matrix ("covariance updates").

    Objective, for N samples: 1/(2N)||y - Xw - b||^2 + lambda1*||w||_1 + lambda2/2*||w||^2.
    scikit-learn: lambda1 = alpha*l1_ratio, lambda2 = alpha*(1 - l1_ratio).
    The features are visited from the last to the first.
    """

    def __init__(self, lambda1=0.1, lambda2=0.0, max_iter=10000, tol=1e-10, verbose=0):
        self.lambda1 = lambda1
        self.lambda2 = lambda2
        self.max_iter = max_iter
        self.tol = tol
        self.verbose = verbose

    def get_params(self, deep=True):
        return {k: v for k, v in vars(self).items() if not k.endswith("_")}

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n, d = X.shape
        xm, ym = X.mean(axis=0), y.mean()
        Xc = X - xm
        G, c = Xc.T @ Xc / n, Xc.T @ (y - ym) / n
        w = np.zeros(d)
        grad = c.copy()  # c - G w
        self.history_ = []  # largest coefficient move of each sweep
        self.converged_ = False
        for sweep in range(self.max_iter):
            moved = 0.0
            for j in range(d - 1, -1, -1):
                den = G[j, j] + self.lambda2
                if den <= 0:
                    continue
                rho = grad[j] + G[j, j] * w[j]
                new = np.sign(rho) * max(abs(rho) - self.lambda1, 0.0) / den
                delta = new - w[j]
                if delta:
                    grad -= G[:, j] * delta
                    w[j] = new
                    moved = max(moved, abs(delta))
            self.history_.append(moved)
            if self.verbose:
                print(sweep, moved)
            if moved <= self.tol * max(1.0, np.abs(w).max(initial=0.0)):
                self.converged_ = True
                break
        self.n_iter_ = len(self.history_)
        self.coef_, self.intercept_ = w, ym - xm @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(2, 1, size=(100, 6))
    y = X[:, 0] * 3 - 2 * X[:, 1] + 5 + 0.1 * r.normal(size=100)
    m = ElasticNet(0.1, 0.05).fit(X, y)
    print(m.coef_.round(3), m.intercept_, m.n_iter_, m.converged_)
