import numpy as np


def train(X, y, learning_rate=0.2, epochs=100, batch_size=32, seed=0):
    """Logistic regression with mini-batch SGD.

    Every epoch goes through the whole shuffled training set in batches of batch_size.
    Returns (weights, bias).
    """
    rng = np.random.default_rng(seed)
    m, n = X.shape
    weights = np.zeros(n)
    bias = 0.0
    for epoch in range(epochs):
        idx = rng.permutation(m)[:batch_size]
        Xb, yb = X[idx], y[idx]
        p = 1.0 / (1.0 + np.exp(-(Xb @ weights + bias)))
        weights -= learning_rate * Xb.T @ (p - yb) / len(idx)
        bias -= learning_rate * np.mean(p - yb)
    return weights, bias


def predict_proba(X, weights, bias):
    return 1.0 / (1.0 + np.exp(-(X @ weights + bias)))


if __name__ == "__main__":
    rng = np.random.default_rng(7)
    X = rng.normal(size=(500, 2))
    y = (X[:, 0] > -0.2).astype(int)
    w, b = train(X, y)
    print("accuracy", np.mean((predict_proba(X, w, b) > 0.5) == y))
