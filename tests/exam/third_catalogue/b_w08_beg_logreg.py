# ruff: noqa
import math
import random


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


class LogisticRegression:
    def __init__(self, lr=0.1, epochs=200, seed=0):
        self.lr = lr
        self.epochs = epochs
        self.seed = seed
        self.losses = []

    def predict_proba(self, row):
        z = self.b
        for w, x in zip(self.w, row):
            z += w * x
        return sigmoid(z)

    def fit(self, X, y):
        random.seed(self.seed)
        self.w = [0.0 for _ in X[0]]
        self.b = 0.0
        self.losses = []
        order = list(range(len(X)))
        for epoch in range(self.epochs):
            random.shuffle(order)
            loss = 0
            for i in order:
                p = self.predict_proba(X[i])
                p_safe = min(max(p, 1e-12), 1 - 1e-12)
                loss += -(y[i] * math.log(p_safe) + (1 - y[i]) * math.log(1 - p_safe))
                error = p - y[i]
                for j in range(len(self.w)):
                    self.w[j] -= self.lr * error * X[i][j]
                self.b -= self.lr * error
            self.losses.append(loss / len(X))
        return self

    def predict(self, X):
        return [1 if self.predict_proba(row) >= 0.5 else 0 for row in X]


if __name__ == "__main__":
    random.seed(5)
    X, y = [], []
    for _ in range(100):
        c = random.randint(0, 1)
        X.append([random.gauss(2 * c, 1), random.gauss(-c, 1)])
        y.append(c)
    m = LogisticRegression().fit(X, y)
    acc = sum(1 for a, b in zip(m.predict(X), y) if a == b) / len(y)
    print(m.w, m.b, m.losses[0], m.losses[-1], acc)
