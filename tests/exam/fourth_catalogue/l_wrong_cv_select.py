import numpy as np


def top_features(X, y, k):
    Xc = X - X.mean(axis=0)
    yc = y - y.mean()
    corr = Xc.T @ yc / (np.linalg.norm(Xc, axis=0) * np.linalg.norm(yc) + 1e-12)
    return np.argsort(-np.abs(corr))[:k]


def least_squares(X, y):
    A = np.column_stack([np.ones(len(X)), X])
    return np.linalg.lstsq(A, y, rcond=None)[0]


def cross_val_r2(X, y, k_features=5, folds=5, seed=0):
    """Cross-validated R^2 of the pipeline "keep the k_features columns most correlated with y, then OLS".

    Estimates how the whole pipeline does on unseen rows: the predictions of all held-out rows are pooled.
    """
    n = len(y)
    order = np.random.default_rng(seed).permutation(n)
    pred = np.empty(n)
    cols = top_features(X, y, k_features)
    for test in np.array_split(order, folds):
        train = np.setdiff1d(order, test)
        beta = least_squares(X[np.ix_(train, cols)], y[train])
        pred[test] = beta[0] + X[np.ix_(test, cols)] @ beta[1:]
    return 1 - np.sum((y - pred) ** 2) / np.sum((y - y.mean()) ** 2)
