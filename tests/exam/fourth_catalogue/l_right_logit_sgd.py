import numpy as np


def _sig(t):
    return 0.5 * (1.0 + np.tanh(0.5 * t))


def logistic_regression_sgd(X, y, alpha=0.5, batch_size=20, n_epochs=300, lam=0.01, seed=42):
    """Mini-batch logistic regression (labels 0/1), step size alpha / (1 + 0.05 * epoch).

    Minimises  mean(log-loss) + lam/2 * ||w||^2, the intercept is left alone.
    Returns weights and intercept.
    """
    rng = np.random.RandomState(seed)
    n, d = X.shape
    w, b = np.zeros(d), 0.0
    for epoch in range(n_epochs):
        step = alpha / (1 + 0.05 * epoch)
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            rows = order[start : start + batch_size]
            xb, yb = X[rows], y[rows]
            err = _sig(xb.dot(w) + b) - yb
            gw = xb.T.dot(err) / len(rows) + lam * w
            gb = err.mean()
            w = w - step * gw
            b = b - step * gb
    return w, b


def predict(X, w, b, threshold=0.5):
    return (_sig(X.dot(w) + b) >= threshold).astype(int)
