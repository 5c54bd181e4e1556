import numpy as np


class MultinomialLogisticRegression:
    def __init__(self, lr=0.5, n_iter=1000, l2=0.0):
        self.lr = lr
        self.n_iter = n_iter
        self.l2 = l2

    def _one_hot(self, y):
        _, index = np.unique(y, return_inverse=True)
        return np.eye(index.max() + 1)[index]

    def _proba(self, X):
        logits = X.dot(self.W)
        logits = logits - logits.max(axis=1, keepdims=True)
        e = np.exp(logits)
        return e / e.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        """X: (n, d), y: (n,) class labels, numbers or strings"""
        X = np.c_[np.ones(len(X)), X]
        self.classes = list(dict.fromkeys(y))
        Y = self._one_hot(y)
        self.W = np.zeros((X.shape[1], Y.shape[1]))
        for _ in range(self.n_iter):
            grad = X.T.dot(self._proba(X) - Y) / len(X)
            grad[1:] += self.l2 * self.W[1:]
            self.W -= self.lr * grad
        return self

    def predict_proba(self, X):
        return self._proba(np.c_[np.ones(len(X)), X])

    def predict(self, X):
        return np.array([self.classes[k] for k in self.predict_proba(X).argmax(axis=1)])


if __name__ == "__main__":
    rng = np.random.default_rng(3)
    centres = np.array([[0, 3], [3, 0], [-3, -1]])
    y = np.repeat(["a", "b", "c"], 40)
    X = np.repeat(centres, 40, axis=0) + rng.normal(size=(120, 2))
    model = MultinomialLogisticRegression().fit(X, y)
    print("accuracy:", (model.predict(X) == y).mean())
