import numpy as np
from dataclasses import dataclass, field


@dataclass
class MultinomialLogit:
    """Multinomial logistic regression. Labels may be strings or any integers."""

    step: float = 0.5
    n_steps: int = 1500
    l2: float = 0.0
    params: dict = field(default_factory=dict)

    def _scores(self, X):
        return np.asarray(X, dtype=float) @ self.params["W"] + self.params["b"]

    def predict_proba(self, X):
        s = self._scores(X)
        s -= s.max(axis=1, keepdims=True)
        e = np.exp(s)
        return e / e.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, encoded = np.unique(y, return_inverse=True)
        onehot = np.zeros((len(X), len(self.classes_)))
        onehot[np.arange(len(X)), encoded.ravel()] = 1
        self.params = {"W": np.zeros((X.shape[1], onehot.shape[1])), "b": np.zeros(onehot.shape[1])}
        for _ in range(self.n_steps):
            diff = self.predict_proba(X) - onehot
            self.params["W"] -= self.step * (X.T @ diff / len(X) + self.l2 * self.params["W"])
            self.params["b"] -= self.step * diff.mean(axis=0)
        return self

    def predict(self, X):
        return np.argmax(self._scores(X), axis=1)
