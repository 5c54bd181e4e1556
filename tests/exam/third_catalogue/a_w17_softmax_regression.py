# ruff: noqa
import numpy as np


def softmax(Z):
    """Row-wise softmax; the maximum is removed first so that exp cannot overflow."""
    Z = Z - np.max(Z)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


def one_hot(idx, k):
    out = np.zeros((len(idx), k))
    out[np.arange(len(idx)), idx] = 1
    return out


def cross_entropy(P, Y):
    return -np.sum(Y * np.log(P + 1e-15)) / len(Y)


class SoftmaxRegression:
    def __init__(self, learning_rate=0.1, iterations=500, reg=0.0):
        self.learning_rate = learning_rate
        self.iterations = iterations
        self.reg = reg

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(y, return_inverse=True)
        k = self.classes_.size
        Y = one_hot(idx, k)
        n, d = X.shape

        self.W = np.zeros((d, k))
        self.b = np.zeros(k)
        self.costs = []
        for it in range(self.iterations):
            P = softmax(X.dot(self.W) + self.b)
            self.costs.append(cross_entropy(P, Y) + 0.5 * self.reg * (self.W**2).sum())
            G = (P - Y) / n
            dW = X.T.dot(G) + self.reg * self.W
            db = G.sum(axis=0)
            self.W -= self.learning_rate * dW
            self.b -= self.learning_rate * db
        return self

    def predict_proba(self, X):
        return softmax(np.asarray(X, dtype=float).dot(self.W) + self.b)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def score(self, X, y):
        return float((self.predict(X) == np.asarray(y)).mean())


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = np.r_[rng.normal(0, 1, (40, 2)), rng.normal(4, 1, (40, 2)), rng.normal((0, 5), 1, (40, 2))]
    y = np.repeat([0, 1, 2], 40)
    clf = SoftmaxRegression().fit(X, y)
    print(clf.costs[0], clf.costs[-1], clf.score(X, y))
