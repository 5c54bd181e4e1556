# ruff: noqa
import math

# Softmax regression in which the LAST class is the reference class: its score is always 0,
# so for K classes only K - 1 weight vectors are learned (the bias is w[0]).


class SoftmaxRegression:
    def __init__(self, lr=0.5, epochs=500):
        self.lr = lr
        self.epochs = epochs

    def probabilities(self, row):
        scores = []
        for w in self.W:
            s = w[0]
            for j in range(len(row)):
                s += w[j + 1] * row[j]
            scores.append(s)
        scores.append(0.0)
        biggest = max(scores)
        exps = [math.exp(s - biggest) for s in scores]
        total = sum(exps)
        return [e / total for e in exps]

    def fit(self, X, y):
        self.classes = sorted(set(y))
        position = {}
        for k, c in enumerate(self.classes):
            position[c] = k
        K = len(self.classes)
        d = len(X[0])
        n = len(X)
        self.W = [[0.0] * (d + 1) for _ in range(K - 1)]
        self.losses = []
        for epoch in range(self.epochs):
            grads = [[0.0] * (d + 1) for _ in range(K - 1)]
            loss = 0.0
            for row, label in zip(X, y):
                p = self.probabilities(row)
                loss -= math.log(max(p[position[label]], 1e-300))
                for k in range(K - 1):
                    err = p[k] - (1 if position[label] == k else 0)
                    grads[k][0] += err
                    for j in range(d):
                        grads[k][j + 1] += err * row[j]
            for k in range(K - 1):
                for j in range(d + 1):
                    self.W[k][j] -= self.lr * grads[k][j] / n
            self.losses.append(loss / n)
        return self

    def predict(self, X):
        result = []
        for row in X:
            p = self.probabilities(row)
            result.append(self.classes[p.index(max(p))])
        return result


if __name__ == "__main__":
    import random

    random.seed(0)
    X, y = [], []
    for name, (a, b) in {"red": (0, 1), "blue": (1, -1), "green": (-1, -1)}.items():
        for _ in range(30):
            X.append([random.gauss(a, 1), random.gauss(b, 1)])
            y.append(name)
    m = SoftmaxRegression().fit(X, y)
    print(m.losses[0], m.losses[-1], sum(p == t for p, t in zip(m.predict(X), y)) / len(y))
