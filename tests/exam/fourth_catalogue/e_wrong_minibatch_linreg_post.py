import numpy as np


class MiniBatchRegressor:
    """Linear regression trained by mini-batch gradient descent.

    Step size is decayed as 1/sqrt(1 + epoch).
    """

    def __init__(self, eta=0.05, n_epochs=200, batch=32):
        self.eta = eta
        self.n_epochs = n_epochs
        self.batch = batch

    def batches(self, X, y):
        n_batches = len(X) // self.batch
        for k in range(n_batches):
            rows = slice(k * self.batch, (k + 1) * self.batch)
            yield X[rows], y[rows]

    def fit(self, X, y):
        self.w = np.zeros(X.shape[1])
        self.b = y.mean()
        self.losses = []
        for epoch in range(self.n_epochs):
            eta = self.eta / np.sqrt(1 + epoch)
            for xb, yb in self.batches(X, y):
                err = xb @ self.w + self.b - yb
                self.w -= eta * 2 * xb.T @ err / len(xb)
                self.b -= eta * 2 * err.mean()
            self.losses.append(np.mean((X @ self.w + self.b - y) ** 2))
        return self

    def predict(self, X):
        return X @ self.w + self.b


if __name__ == "__main__":
    rng = np.random.default_rng(7)
    X = rng.standard_normal((1000, 4))
    y = X @ np.array([1.0, -2.0, 0.5, 3.0]) + 4 + 0.1 * rng.standard_normal(1000)
    m = MiniBatchRegressor().fit(X, y)
    print(m.w, m.b, m.losses[-1])
