from dataclasses import dataclass
import numpy as np


@dataclass(frozen=True)
class RidgeConfig:
    learning_rate: float = 0.1
    epochs: int = 2000
    lam: float = 0.01
    seed: int = 0


class RidgeGD:
    """Minimises (1/n) sum (y - Xw - b)^2 + lam * ||w||^2."""

    def __init__(self, config: RidgeConfig = RidgeConfig()):
        self.config = config
        self.weights = None
        self.bias = None

    def fit(self, X, y):
        cfg = self.config
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        self.weights = np.random.default_rng(cfg.seed).normal(0, 0.01, X.shape[1])
        self.bias = 0.0
        history = []
        for _ in range(cfg.epochs):
            err = self.predict(X) - y
            dw = 2 * X.T @ err / len(y) + 2 * cfg.lam * self.weights
            db = 2 * err.mean()
            self.weights = self.weights - cfg.learning_rate * dw
            self.bias -= cfg.learning_rate * db
            history.append(np.mean(err**2))
        return history

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.weights + self.bias
