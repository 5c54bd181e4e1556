import numpy as np


def train(X, y, learning_rate=0.05, epochs=100, batch_size=32, momentum=0.9, seed=0):
    """Linear regression, mini-batch SGD with classical momentum.

    v <- momentum * v + grad;  theta <- theta - learning_rate * v
    """
    rng = np.random.default_rng(seed)
    Xb = np.column_stack([np.ones(len(X)), X])
    theta = np.zeros(Xb.shape[1])
    losses = []
    for epoch in range(epochs):
        perm = rng.permutation(len(Xb))
        for k in range(0, len(Xb), batch_size):
            rows = perm[k : k + batch_size]
            v = np.zeros_like(theta)
            grad = Xb[rows].T @ (Xb[rows] @ theta - y[rows]) / len(rows)
            v = momentum * v + grad
            theta = theta - learning_rate * v
        losses.append(np.mean((Xb @ theta - y) ** 2))
    return theta, losses


def predict(X, theta):
    return np.column_stack([np.ones(len(X)), X]) @ theta


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    X = rng.normal(size=(400, 3))
    y = 1 + X @ np.array([2.0, 0.0, -1.0]) + rng.normal(0, 0.2, 400)
    theta, losses = train(X, y)
    print(theta, losses[0], losses[-1])
