"""predict_proba's softmax sums down the rows instead of across the classes.
task: multiclass
candidate: MultinomialLogistic
"""

import numpy as np


def one_hot(index, k):
    out = np.zeros((len(index), k))
    out[np.arange(len(index)), index] = 1
    return out


class MultinomialLogistic:
    def __init__(self, learning_rate=0.2, n_iterations=1500):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, index = np.unique(y, return_inverse=True)
        targets = one_hot(index, len(self.classes_))
        self.W = np.zeros((X.shape[1], targets.shape[1]))
        self.b = np.zeros((1, targets.shape[1]))
        for _ in range(self.n_iterations):
            scores = X @ self.W + self.b
            scores = scores - scores.max(axis=1, keepdims=True)
            probs = np.exp(scores)
            probs /= probs.sum(axis=1, keepdims=True)
            grad = (probs - targets) / len(X)
            self.W -= self.learning_rate * X.T @ grad
            self.b -= self.learning_rate * grad.sum(axis=0, keepdims=True)
        return self

    def predict_proba(self, X):
        scores = np.asarray(X, dtype=float) @ self.W + self.b
        probs = np.exp(scores - scores.max(axis=0))
        return probs / probs.sum(axis=0)

    def predict(self, X):
        scores = np.asarray(X, dtype=float) @ self.W + self.b
        return self.classes_[scores.argmax(axis=1)]
