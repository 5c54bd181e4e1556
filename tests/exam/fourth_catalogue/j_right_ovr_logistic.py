import numpy as np


class OneVsRestLogistic:
    """One-vs-rest logistic regression. Labels may be strings or numbers."""

    def __init__(self, eta=0.2, epochs=5000):
        self.eta = eta
        self.epochs = epochs

    @staticmethod
    def _sigmoid(z):
        return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))

    def _add_bias(self, X):
        return np.hstack([np.ones((len(X), 1)), X])

    def fit(self, X, y):
        Xb = self._add_bias(np.asarray(X, float))
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        self.theta_ = []
        for c in self.classes_:
            target = (y == c).astype(float)
            theta = np.zeros(Xb.shape[1])
            for _ in range(self.epochs):
                p = self._sigmoid(Xb.dot(theta))
                theta -= self.eta * Xb.T.dot(p - target) / len(target)
            self.theta_.append(theta)
        self.theta_ = np.array(self.theta_)
        return self

    def decision_function(self, X):
        return self._add_bias(np.asarray(X, float)) @ self.theta_.T

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return p / p.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[np.argmax(self.decision_function(X), axis=1)]

    def score(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))
