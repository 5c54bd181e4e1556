# ruff: noqa
import numpy as np


def kfold(n, k=5, seed=None):
    """Yield (train, test) index arrays; every sample is tested exactly once."""
    idx = np.arange(n) if seed is None else np.random.default_rng(seed).permutation(n)
    s = n // k
    for i in range(k):
        te = idx[i * s : (i + 1) * s]
        yield np.setdiff1d(idx, te), te


def cv_mse(X, y, lam=0.0, k=5, seed=0):
    A = np.c_[np.ones(len(X)), X]
    R = lam * np.eye(A.shape[1])
    R[0, 0] = 0
    f = lambda tr: np.linalg.solve(A[tr].T @ A[tr] + R, A[tr].T @ y[tr])
    return np.array([np.mean((A[te] @ f(tr) - y[te]) ** 2) for tr, te in kfold(len(y), k, seed)])


if __name__ == "__main__":
    r = np.random.default_rng(4)
    X = r.normal(size=(103, 3))
    y = X @ [1.0, 2, 3] + r.normal(size=103)
    print(cv_mse(X, y), cv_mse(X, y).mean())
