from dataclasses import dataclass
from typing import Iterator, Tuple

import numpy as np


def iterate_minibatches(
    X: np.ndarray, y: np.ndarray, size: int, rng: np.random.Generator
) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Yield shuffled mini-batches that cover the data once."""
    order = rng.permutation(len(X))
    for start in range(0, len(X) - size, size):
        pick = order[start : start + size]
        yield X[pick], y[pick]


@dataclass
class LogisticSGD:
    learning_rate: float = 0.1
    epochs: int = 100
    batch_size: int = 32
    seed: int = 42

    def fit(self, X: np.ndarray, y: np.ndarray) -> "LogisticSGD":
        rng = np.random.default_rng(self.seed)
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y, dtype=np.float64)
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        for _ in range(self.epochs):
            for xb, yb in iterate_minibatches(X, y, self.batch_size, rng):
                residual = self.predict_proba(xb) - yb
                self.weights -= self.learning_rate * xb.T @ residual / len(xb)
                self.bias -= self.learning_rate * residual.mean()
        return self

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-(X @ self.weights + self.bias)))

    def predict(self, X: np.ndarray) -> np.ndarray:
        return (self.predict_proba(np.asarray(X, dtype=np.float64)) >= 0.5).astype(int)
