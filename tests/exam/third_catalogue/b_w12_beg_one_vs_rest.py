# ruff: noqa
import math

# Multi-class logistic regression: one classifier for every class


def sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


class OneVsRest:
    def __init__(self, lr=0.1, epochs=300):
        self.lr = lr
        self.epochs = epochs

    def fit(self, X, y):
        self.classes = sorted(set(y))
        seen = []
        for label in y:
            if label not in seen:
                seen.append(label)
        self.models = []
        for c in seen:
            targets = [1 if label == c else 0 for label in y]
            self.models.append(self.train_one(X, targets))
        return self

    def train_one(self, X, t):
        w = [0.0] * len(X[0])
        b = 0.0
        n = len(X)
        for _ in range(self.epochs):
            dw = [0.0] * len(w)
            db = 0.0
            for row, target in zip(X, t):
                err = sigmoid(b + sum(wi * xi for wi, xi in zip(w, row))) - target
                for j in range(len(w)):
                    dw[j] += err * row[j]
                db += err
            for j in range(len(w)):
                w[j] -= self.lr * dw[j] / n
            b -= self.lr * db / n
        return w, b

    def predict(self, X):
        answers = []
        for row in X:
            scores = []
            for w, b in self.models:
                scores.append(b + sum(wi * xi for wi, xi in zip(w, row)))
            best = scores.index(max(scores))
            answers.append(self.classes[best])
        return answers


if __name__ == "__main__":
    import random

    random.seed(1)
    X, y = [], []
    for c, (a, b) in enumerate([(0, 3), (3, -2), (-3, -2)]):
        for _ in range(30):
            X.append([random.gauss(a, 0.8), random.gauss(b, 0.8)])
            y.append(c)
    m = OneVsRest().fit(X, y)
    print(sum(p == t for p, t in zip(m.predict(X), y)) / len(y))
