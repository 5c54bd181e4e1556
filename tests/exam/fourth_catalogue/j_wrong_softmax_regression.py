import numpy as np


class SoftmaxRegression:
    """Multinomial logistic regression, batch gradient descent. y: integers 0..K-1."""

    def __init__(self, lr=0.5, n_iters=3000, reg=1e-3):
        self.lr = lr
        self.n_iters = n_iters
        self.reg = reg

    def _softmax(self, scores):
        scores = scores - np.max(scores, axis=0)
        exp_scores = np.exp(scores)
        return exp_scores / np.sum(exp_scores, axis=1, keepdims=True)

    def fit(self, X, y):
        n, d = X.shape
        k = np.max(y) + 1
        self.W = np.zeros((d, k))
        self.b = np.zeros((1, k))
        targets = np.eye(k)[y]
        self.losses = []
        for _ in range(self.n_iters):
            probs = self._softmax(X @ self.W + self.b)
            loss = -np.mean(np.log(probs[range(n), y] + 1e-12)) + 0.5 * self.reg * np.sum(self.W**2)
            self.losses.append(loss)
            dscores = (probs - targets) / n
            self.W -= self.lr * (X.T @ dscores + self.reg * self.W)
            self.b -= self.lr * np.sum(dscores, axis=0, keepdims=True)
        return self

    def predict_proba(self, X):
        return self._softmax(X @ self.W + self.b)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)
