import numpy as np


class SoftmaxClassifier:
    def __init__(self, step=0.5, epochs=2000, l2=1e-3):
        self.step = step
        self.epochs = epochs
        self.l2 = l2

    def _softmax(self, logits):
        shifted = logits - np.max(logits, axis=1, keepdims=True)
        exps = np.exp(shifted)
        return exps / np.sum(exps, axis=1, keepdims=True)

    def _standardize(self, X):
        return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-12)

    def _one_hot(self, y):
        out = np.zeros((len(y), self.n_classes))
        out[np.arange(len(y)), y] = 1
        return out

    def fit(self, X, y):
        """X: (n_samples, n_features), y: integers 0..K-1"""
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=int)
        self.n_classes = y.max() + 1
        X = self._standardize(X)
        T = self._one_hot(y)
        self.W = np.zeros((X.shape[1], self.n_classes))
        self.b = np.zeros(self.n_classes)
        for epoch in range(self.epochs):
            P = self._softmax(X @ self.W + self.b)
            G = (P - T) / len(X)
            self.W -= self.step * (X.T @ G + self.l2 * self.W)
            self.b -= self.step * G.sum(axis=0)
        return self

    def predict_proba(self, X):
        X = self._standardize(np.asarray(X, dtype=float))
        return self._softmax(X @ self.W + self.b)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    centers = np.array([[0, 0], [3, 0], [0, 3]])
    y = rng.integers(0, 3, size=300)
    X = centers[y] + rng.normal(size=(300, 2))
    clf = SoftmaxClassifier().fit(X, y)
    print("train accuracy", (clf.predict(X) == y).mean())
