import numpy as np


class LinearRegressionGD:
    """Ordinary least squares fitted with batch gradient descent."""

    def __init__(self, lr=0.05, max_iter=5000, tol=1e-9, verbose=False):
        self.lr = lr
        self.max_iter = max_iter
        self.tol = tol
        self.verbose = verbose
        self.weights = None
        self.bias = None
        self.history = []

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n_samples, n_features = X.shape

        mu, sd = X.mean(axis=0), X.std(axis=0)
        sd = np.where(sd == 0, 1.0, sd)
        Z = (X - mu) / sd

        w = np.zeros(n_features)
        b = 0.0
        self.history = []
        for i in range(self.max_iter):
            err = Z @ w + b - y
            dw = Z.T @ err / n_samples
            db = err.mean()
            w -= self.lr * dw
            b -= self.lr * db
            self.history.append(0.5 * np.mean(err**2))
            if self.verbose and i % 500 == 0:
                print(i, self.history[-1])
            if max(np.abs(dw).max(), abs(db)) < self.tol:
                break

        self.weights = w / sd
        self.bias = b - mu @ self.weights
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.weights + self.bias

    def score(self, X, y):
        y = np.asarray(y, dtype=float).ravel()
        res = y - self.predict(X)
        return 1 - res @ res / np.sum((y - y.mean()) ** 2)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 3)) * [1, 5, 0.2] + [0, 10, 3]
    y = X @ [2.0, -1.0, 4.0] + 7 + rng.normal(scale=0.1, size=200)
    model = LinearRegressionGD().fit(X, y)
    print(model.weights, model.bias, model.score(X, y))
