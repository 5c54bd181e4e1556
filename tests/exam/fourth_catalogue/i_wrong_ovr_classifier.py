import numpy as np


class BinaryLogistic:
    def __init__(self, lr, n_steps, l2):
        self.lr, self.n_steps, self.l2 = lr, n_steps, l2

    def fit(self, X, t):
        n, d = X.shape
        self.w, self.b = np.zeros(d), 0.0
        for _ in range(self.n_steps):
            d_ = self.predict_proba(X) - t
            self.w = self.w - self.lr * (X.T @ d_ / n + self.l2 * self.w)
            self.b = self.b - self.lr * d_.mean()
        return self

    def predict_proba(self, X):
        return 0.5 * (1 + np.tanh((X @ self.w + self.b) / 2))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)


class OneVsRestClassifier:
    """Trains one binary classifier per class and picks the class with the highest score."""

    def __init__(self, lr=0.3, n_steps=3000, l2=1e-3):
        self.lr = lr
        self.n_steps = n_steps
        self.l2 = l2

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        self.models_ = []
        for c in self.classes_:
            clf = BinaryLogistic(self.lr, self.n_steps, self.l2)
            self.models_.append(clf.fit(X, (y == c).astype(float)))
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        votes = np.column_stack([m.predict(X) for m in self.models_])
        return self.classes_[votes.argmax(axis=1)]

    def score(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))
