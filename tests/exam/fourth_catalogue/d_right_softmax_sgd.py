import numpy as np


class MultinomialClassifier:
    """Multinomial logistic regression, mini-batch SGD, L2 on the weights only."""

    def __init__(self, lr=0.1, epochs=200, batch_size=64, reg=1e-4, seed=0):
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.reg = reg
        self.seed = seed

    def _scores(self, X):
        return X.dot(self.W) + self.b

    def loss(self, X, y_idx):
        """Mean cross-entropy plus penalty, with gradients for W and b."""
        n = X.shape[0]
        scores = self._scores(X)
        scores -= scores.max(axis=1, keepdims=True)
        log_probs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        loss = -log_probs[np.arange(n), y_idx].mean() + 0.5 * self.reg * np.sum(self.W**2)

        dscores = np.exp(log_probs)
        dscores[np.arange(n), y_idx] -= 1
        dscores /= n
        dW = X.T.dot(dscores) + self.reg * self.W
        db = dscores.sum(axis=0)
        return loss, dW, db

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, y_idx = np.unique(y, return_inverse=True)
        n, d = X.shape
        rng = np.random.default_rng(self.seed)
        self.W = 0.01 * rng.standard_normal((d, len(self.classes_)))
        self.b = np.zeros(len(self.classes_))

        for epoch in range(self.epochs):
            order = rng.permutation(n)
            for start in range(0, n, self.batch_size):
                rows = order[start : start + self.batch_size]
                _, dW, db = self.loss(X[rows], y_idx[rows])
                self.W -= self.lr * dW
                self.b -= self.lr * db
        return self

    def predict(self, X):
        return self.classes_[np.argmax(self._scores(np.asarray(X, dtype=float)), axis=1)]
