import numpy as np


class OvRLogistic:
    def __init__(self, *, lr=0.5, epochs=100, batch_size=32, l2=0.0, random_state=None):
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.l2 = l2
        self.random_state = random_state

    def fit(self, X, y):
        X = np.asarray(X, float)
        rng = np.random.default_rng(self.random_state)
        self.classes_ = np.unique(y)
        T = (np.asarray(y)[:, None] == self.classes_[None, :]).astype(float)
        self.coef_ = np.zeros((len(self.classes_), X.shape[1]))
        self.intercept_ = np.zeros(len(self.classes_))
        for _ in range(self.epochs):
            order = rng.permutation(len(X))
            for rows in np.array_split(order, max(1, int(np.ceil(len(X) / self.batch_size)))):
                E = self._sigmoid(X[rows]) - T[rows]
                self.coef_ -= self.lr * (E.T @ X[rows] / len(rows) + self.l2 * self.coef_)
                self.intercept_ -= self.lr * E.mean(axis=0)
        return self

    def decision_function(self, X):
        return np.asarray(X, float) @ self.coef_.T + self.intercept_

    def _sigmoid(self, X):
        return np.exp(-np.logaddexp(0, -self.decision_function(X)))

    def predict_proba(self, X):
        P = self._sigmoid(X)
        return P / P.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[np.argmax(self.decision_function(X), axis=1)]
