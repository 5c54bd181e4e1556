# ruff: noqa
import numpy as np


class WeightedLogLoss:
    def loss(self, y, z, w):
        return np.sum(w * (np.logaddexp(0, z) - y * z)) / np.sum(w)

    def gradient(self, y, z, w):
        return w * (0.5 * (1 + np.tanh(0.5 * z)) - y) / np.sum(w)


def train(
    X, y, sample_weight=None, loss=None, learning_rate=0.1, epochs=100, batch_size=32, shuffle=True, random_state=None
):
    """Mini-batch training of a linear classifier with per-sample weights.

    Returns (coef, intercept, history), history being the weighted loss over all the data after each epoch.
    """
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    sw = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
    loss = loss or WeightedLogLoss()
    rng = np.random.default_rng(random_state)
    coef, intercept = np.zeros(X.shape[1]), 0.0
    order = np.arange(len(y))
    history = []
    for _ in range(epochs):
        if shuffle:
            order = rng.permutation(len(y))
        Xs, ys = X[order], y[order]
        for start in range(0, len(y), batch_size):
            sl = slice(start, start + batch_size)
            xb, yb, wb = Xs[sl], ys[sl], sw[sl]
            if wb.sum() == 0:
                continue
            g = loss.gradient(yb, xb @ coef + intercept, wb)
            coef -= learning_rate * xb.T @ g
            intercept -= learning_rate * g.sum()
        history.append(loss.loss(y, X @ coef + intercept, sw))
    return coef, intercept, history


if __name__ == "__main__":
    r = np.random.default_rng(0)
    X = r.normal(size=(150, 2))
    y = (X[:, 0] + X[:, 1] + 0.3 * r.normal(size=150) > 0).astype(int)
    c, b, h = train(X, y, sample_weight=np.where(y, 3, 1), random_state=0)
    print(c, b, h[0], h[-1], np.mean((X @ c + b > 0) == y))
