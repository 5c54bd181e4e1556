"""The bias's gradient is averaged over rows and classes, so every class gets the same bias, which is none.
task: multiclass
candidate: SoftmaxGD
"""

import numpy as np


class SoftmaxGD:
    def __init__(self, learning_rate=0.2, n_iterations=1500, l2=0.0):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations
        self.l2 = l2

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        Y = (np.asarray(y).reshape(-1, 1) == self.classes_).astype(float)
        self.weights = np.zeros((X.shape[1], Y.shape[1]))
        self.biases = np.zeros(Y.shape[1])
        for _ in range(self.n_iterations):
            error = self.predict_proba(X) - Y
            dW = X.T @ error / len(X) + self.l2 * self.weights
            db = np.mean(error)
            self.weights -= self.learning_rate * dW
            self.biases -= self.learning_rate * db
        return self

    def predict_proba(self, X):
        logits = np.asarray(X, dtype=float) @ self.weights + self.biases
        logits -= logits.max(axis=1, keepdims=True)
        exps = np.exp(logits)
        return exps / exps.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
