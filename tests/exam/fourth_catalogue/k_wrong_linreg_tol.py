import numpy as np


class LinearRegressionSGD:
    """Linear regression by mini-batch SGD.

    Stops when the training loss no longer changes by more than tol
    between two epochs, or after n_epochs.
    """

    def __init__(self, lr=0.05, n_epochs=1000, batch_size=16, tol=1e-6, random_state=0, verbose=False):
        self.lr = lr
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.tol = tol
        self.random_state = random_state
        self.verbose = verbose

    def _loss(self, X, y):
        return np.mean((X @ self.w + self.b - y) ** 2)

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float).ravel()
        n, d = X.shape
        rng = np.random.default_rng(self.random_state)
        self.w, self.b = np.zeros(d), 0.0
        previous = None
        for epoch in range(self.n_epochs):
            order = rng.permutation(n)
            rate = self.lr / (1 + 0.01 * epoch)
            total = 0.0
            for i in range(0, n, self.batch_size):
                rows = order[i : i + self.batch_size]
                err = X[rows] @ self.w + self.b - y[rows]
                total += np.mean(err**2)
                self.w -= rate * 2 * X[rows].T @ err / len(rows)
                self.b -= rate * 2 * err.mean()
            loss = total / int(np.ceil(n / self.batch_size))
            if self.verbose:
                print(f"epoch {epoch}: {loss:.5f}")
            if previous is not None and previous - loss < self.tol:
                break
            previous = loss
        self.n_epochs_ = epoch + 1
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
