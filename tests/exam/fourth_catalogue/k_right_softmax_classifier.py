import numpy as np


def to_categorical(indices, n_classes):
    return np.eye(n_classes)[indices]


def softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)


class SoftmaxClassifier:
    """Multinomial logistic regression trained with mini-batch gradient descent.

    The rate falls from lr to zero as (1 - epoch/n_epochs)^2. Labels may be of any kind.
    lambda_/2 * ||W||^2 is added to the mean cross-entropy, the bias is left alone.
    """

    def __init__(self, lr=0.5, n_epochs=600, batch_size=50, lambda_=0.01, seed=42):
        self.lr = lr
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.lambda_ = lambda_
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(y, return_inverse=True)
        Y = to_categorical(idx, len(self.classes_))
        n, d = X.shape
        rng = np.random.default_rng(self.seed)
        self.W = np.zeros((d, len(self.classes_)))
        self.b = np.zeros(len(self.classes_))
        self.losses = []
        for epoch in range(self.n_epochs):
            rate = self.lr * (1 - epoch / self.n_epochs) ** 2
            order = rng.permutation(n)
            for start in range(0, n, self.batch_size):
                rows = order[start : start + self.batch_size]
                delta = (softmax(X[rows] @ self.W + self.b) - Y[rows]) / len(rows)
                self.W -= rate * (X[rows].T @ delta + self.lambda_ * self.W)
                self.b -= rate * delta.sum(axis=0)
            P = self.predict_proba(X)
            loss = -np.mean(np.log(P[np.arange(n), idx] + 1e-15))
            self.losses.append(loss + 0.5 * self.lambda_ * np.sum(self.W**2))
        return self

    def predict_proba(self, X):
        return softmax(np.asarray(X, dtype=float) @ self.W + self.b)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    centers = np.array([[0, 0], [3, 0], [0, 3]])
    y = rng.integers(0, 3, 300)
    X = centers[y] + rng.normal(size=(300, 2))
    clf = SoftmaxClassifier().fit(X, y)
    print("accuracy:", np.mean(clf.predict(X) == y))
