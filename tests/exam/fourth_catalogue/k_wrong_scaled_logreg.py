import numpy as np


class StandardScaler:
    def fit_transform(self, X):
        self.mean = np.mean(X, axis=0)
        self.std = np.std(X, axis=0)
        self.std[self.std == 0] = 1.0
        return (X - self.mean) / self.std


class LogisticClassifier:
    """Logistic regression on standardised features (scaling is done inside)."""

    def __init__(self, lr=0.5, n_iterations=2000, reg=0.0):
        self.lr = lr
        self.n_iterations = n_iterations
        self.reg = reg
        self.scaler = StandardScaler()

    def _sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-np.clip(z, -60, 60)))

    def fit(self, X, y):
        X = self.scaler.fit_transform(np.asarray(X, dtype=float))
        y = np.asarray(y, dtype=float).ravel()
        self.theta = np.zeros(X.shape[1])
        self.theta0 = 0.0
        for _ in range(self.n_iterations):
            diff = self._sigmoid(X @ self.theta + self.theta0) - y
            self.theta -= self.lr * (X.T @ diff / len(y) + self.reg * self.theta)
            self.theta0 -= self.lr * diff.mean()
        return self

    def predict_proba(self, X):
        X = self.scaler.fit_transform(np.asarray(X, dtype=float))
        return self._sigmoid(X @ self.theta + self.theta0)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    X = rng.normal([50, 3], [10, 1], size=(400, 2))
    y = (X[:, 0] / 10 + X[:, 1] + rng.normal(size=400) > 8).astype(int)
    model = LogisticClassifier().fit(X[:300], y[:300])
    print("test accuracy", (model.predict(X[300:]) == y[300:]).mean())
