import numpy as np


class BinaryLogit:
    def __init__(self, lr=0.5, n_iter=800):
        self.lr, self.n_iter = lr, n_iter

    def fit(self, X, t):
        Xb = np.c_[np.ones(len(X)), X]
        self.theta = np.zeros(Xb.shape[1])
        for _ in range(self.n_iter):
            h = 0.5 * (1 + np.tanh(0.5 * (Xb @ self.theta)))
            self.theta -= self.lr * Xb.T @ (h - t) / len(t)
        return self

    def decision_function(self, X):
        return np.c_[np.ones(len(X)), X] @ self.theta


class OneVsRest:
    """One binary model per class; labels may be any sortable values."""

    def __init__(self, make_model=BinaryLogit):
        self.make_model = make_model

    def fit(self, X, y):
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        self.models_ = [self.make_model().fit(X, (y == c).astype(float)) for c in self.classes_]
        return self

    def predict(self, X):
        scores = np.column_stack([m.decision_function(X) for m in self.models_])
        return scores.argmax(axis=1)

    def score(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y)))
