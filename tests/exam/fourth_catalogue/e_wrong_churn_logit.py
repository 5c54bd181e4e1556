# README snippet: Logistic regression in 40 lines
import numpy as np


class ChurnModel:
    """Binary logistic regression. Labels must be 0 or 1."""

    def __init__(self, lr=0.5, epochs=3000):
        self.lr = lr
        self.epochs = epochs

    def _sigmoid(self, t):
        return 1 / (1 + np.exp(-np.clip(t, -500, 500)))

    def _scores(self, X):
        Z = (np.asarray(X, dtype=float) - self.mu) / self.sd
        return Z @ self.coef + self.bias

    def train(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.mu = X.mean(axis=0)
        self.sd = X.std(axis=0)
        self.sd[self.sd == 0] = 1
        self.coef = np.zeros(X.shape[1])
        self.bias = 0.0
        Z = (X - self.mu) / self.sd
        for _ in range(self.epochs):
            err = self._sigmoid(Z @ self.coef + self.bias) - y
            self.coef -= self.lr * Z.T @ err / len(y)
            self.bias -= self.lr * err.mean()
        return self

    def probability(self, X):
        return self._sigmoid(self._scores(X))

    def guess(self, X, threshold=0.5):
        return (self._scores(X) > threshold).astype(int)


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    X = rng.randn(400, 3)
    y = (X @ [2, -1, 3] + rng.randn(400) > 0).astype(int)
    model = ChurnModel().train(X[:300], y[:300])
    print("accuracy", (model.guess(X[300:]) == y[300:]).mean())
