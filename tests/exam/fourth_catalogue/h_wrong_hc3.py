import numpy as np


def ols_hc3(y, X, add_constant=True):
    """OLS coefficients with HC3 (jackknife-like, MacKinnon & White 1985) standard errors.

    Returns a dict with coef, se, t, resid and leverage.
    """
    y = np.asarray(y, dtype=float).reshape(-1)
    X = np.asarray(X, dtype=float)
    if add_constant:
        X = np.column_stack([np.ones(X.shape[0]), X])
    XtX_inv = np.linalg.inv(X.T @ X)
    coef = XtX_inv @ X.T @ y
    resid = y - X @ coef
    lev = np.einsum("ij,jk,ik->i", X, XtX_inv, X)
    omega = resid**2 / (1 - lev)
    V = XtX_inv @ (X.T * omega) @ X @ XtX_inv
    se = np.sqrt(np.diag(V))
    return {"coef": coef, "se": se, "t": coef / se, "resid": resid, "leverage": lev}


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    x = rng.exponential(size=(60, 1))
    y = 1 + 2 * x[:, 0] + rng.normal(size=60) * x[:, 0]
    out = ols_hc3(y, x)
    print(out["coef"], out["se"])
