import numpy as np


def mse(y, y_hat):
    return float(np.mean((y - y_hat) ** 2))


class MiniBatchLinearRegression:
    """Linear regression by mini-batch gradient descent; stops when the loss no longer changes by tol."""

    def __init__(self, learning_rate=0.02, max_epochs=2000, batch_size=8, tol=1e-8, seed=1):
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs
        self.batch_size = batch_size
        self.tol = tol
        self.seed = seed

    def fit(self, X, y):
        X, y = np.asarray(X, float), np.asarray(y, float)
        gen = np.random.default_rng(self.seed)
        n, d = X.shape
        self.coef = np.zeros(d)
        self.intercept = 0.0
        previous = np.inf
        self.loss_curve = []
        for epoch in range(self.max_epochs):
            rate = self.learning_rate / (1 + 0.01 * epoch)
            perm = gen.permutation(n)
            batch_losses = []
            for k in range(0, n, self.batch_size):
                rows = perm[k : k + self.batch_size]
                delta = self.predict(X[rows]) - y[rows]
                batch_losses.append(np.mean(delta**2))
                self.coef = self.coef - rate * X[rows].T @ delta / len(rows)
                self.intercept -= rate * delta.mean()
            current = float(np.mean(batch_losses))
            self.loss_curve.append(current)
            if previous - current < self.tol:
                break
            previous = current
        self.n_epochs = epoch + 1
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.coef + self.intercept
