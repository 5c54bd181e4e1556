import math


class SoftmaxRegression:
    def __init__(self, lr=0.1, epochs=100):
        self.lr = lr
        self.epochs = epochs

    def _softmax(self, z):
        m = max(z)
        e = [math.exp(v - m) for v in z]
        s = sum(e)
        return [v / s for v in e]

    def _scores(self, x):
        return [self.b[c] + sum(xj * self.W[j][c] for j, xj in enumerate(x)) for c in range(self.k)]

    def fit(self, X, y):
        self.k = max(y) + 1
        d = len(X[0])
        self.W = [[0.0] * self.k] * d
        self.b = [0.0] * self.k
        for _ in range(self.epochs):
            for x, label in zip(X, y):
                p = self._softmax(self._scores(x))
                for c in range(self.k):
                    err = p[c] - (1.0 if c == label else 0.0)
                    self.b[c] -= self.lr * err
                    for j in range(d):
                        self.W[j][c] -= self.lr * err * x[j]
        return self

    def predict_proba(self, X):
        return [self._softmax(self._scores(x)) for x in X]

    def predict(self, X):
        return [max(range(self.k), key=p.__getitem__) for p in self.predict_proba(X)]
