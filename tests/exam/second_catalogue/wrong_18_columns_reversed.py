"""predict_proba puts the positive class's probability in the first column.
task: classification
candidate: LogisticClassifier
"""

import numpy as np


class LogisticClassifier:
    def __init__(self, learning_rate=0.2, epochs=1500):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def _probability(self, X):
        z = np.asarray(X, dtype=float) @ self.coef + self.intercept
        return 0.5 * (1 + np.tanh(z / 2))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        t = np.where(np.asarray(y) == self.classes_[1], 1.0, 0.0)
        self.coef = np.zeros(X.shape[1])
        self.intercept = 0.0
        for _ in range(self.epochs):
            gap = self._probability(X) - t
            self.coef = self.coef - self.learning_rate * (gap @ X) / len(t)
            self.intercept = self.intercept - self.learning_rate * gap.mean()
        return self

    def predict_proba(self, X):
        p = self._probability(X).reshape(-1, 1)
        return np.hstack([p, 1 - p])

    def predict(self, X):
        return self.classes_[(self._probability(X) >= 0.5).astype(int)]
