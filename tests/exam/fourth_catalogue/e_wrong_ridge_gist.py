import numpy as np


def ridge_fit(X, y, lam=1.0):
    """Ridge regression, closed form on centred data. The intercept is not shrunk.

    returns dict(coef=(d,), intercept=float)
    """
    Xc = X - X.mean(axis=0)
    yc = y - y.mean()
    d = X.shape[1]
    coef = np.linalg.solve(Xc.T @ Xc + lam * np.identity(d), Xc.T @ yc)
    intercept = y.mean()
    return {"coef": coef, "intercept": intercept}


def ridge_predict(model, X):
    return X @ model["coef"] + model["intercept"]


def rmse(y, p):
    return np.sqrt(((y - p) ** 2).mean())


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.standard_normal((500, 4))
    y = 3 + X @ np.array([1.5, -2, 0, 1]) + rng.normal(0, 0.5, 500)
    for lam in [0.01, 1, 100]:
        m = ridge_fit(X[:400], y[:400], lam)
        print(lam, m["coef"].round(3), rmse(y[400:], ridge_predict(m, X[400:])))
