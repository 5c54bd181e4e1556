import numpy as np


class BinaryLogit:
    def __init__(self, lr=0.5, n_iter=1500):
        self.lr, self.n_iter = lr, n_iter

    def fit(self, X, t):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.n_iter):
            e = self.proba(X) - t
            self.w -= self.lr * (e @ X) / len(t)
            self.b -= self.lr * e.mean()
        return self

    def proba(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))

    def predict(self, X):
        return (self.proba(X) >= 0.5).astype(int)


class OneVsAll:
    """One binary logistic regression per class, the most confident one wins."""

    def __init__(self, lr=0.5, n_iter=1500):
        self.lr, self.n_iter = lr, n_iter

    def fit(self, X, y):
        self.classes = np.unique(y)
        self.models = [BinaryLogit(self.lr, self.n_iter).fit(X, (y == c).astype(float)) for c in self.classes]
        return self

    def predict(self, X):
        votes = np.column_stack([m.predict(X) for m in self.models])
        return self.classes[votes.argmax(axis=1)]


if __name__ == "__main__":
    rng = np.random.RandomState(4)
    mid = np.array([[0, 4], [4, -2], [-4, -2]])
    y = np.repeat([0, 1, 2], 50)
    X = mid[y] + rng.randn(150, 2)
    print((OneVsAll().fit(X, y).predict(X) == y).mean())
