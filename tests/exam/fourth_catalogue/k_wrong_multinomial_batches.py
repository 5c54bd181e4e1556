import numpy as np


class MultinomialLogit:
    """Maximum-entropy classifier, plain mini-batch descent over the rows in their order.

    classes may be strings or numbers.
    """

    def __init__(self, learning_rate=0.1, epochs=300, batch_size=32, l2=0.001):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.l2 = l2

    def _iterate_batches(self, X, T):
        for start in range(0, len(X) - self.batch_size, self.batch_size):
            yield X[start : start + self.batch_size], T[start : start + self.batch_size]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        T = (y[:, None] == self.classes_[None, :]).astype(float)
        self.coef_ = np.zeros((X.shape[1], len(self.classes_)))
        self.intercept_ = np.zeros(len(self.classes_))
        for epoch in range(self.epochs):
            rate = self.learning_rate / (1 + 0.01 * epoch)
            for xb, tb in self._iterate_batches(X, T):
                G = (self._softmax(xb @ self.coef_ + self.intercept_) - tb) / len(xb)
                self.coef_ -= rate * (xb.T @ G + self.l2 * self.coef_)
                self.intercept_ -= rate * G.sum(axis=0)
        return self

    @staticmethod
    def _softmax(Z):
        E = np.exp(Z - Z.max(axis=1)[:, None])
        return E / E.sum(axis=1)[:, None]

    def predict_proba(self, X):
        return self._softmax(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
