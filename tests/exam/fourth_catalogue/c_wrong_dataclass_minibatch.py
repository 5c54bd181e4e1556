from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class MiniBatchLinear:
    lr: float = 0.05
    epochs: int = 200
    batch_size: int = 16
    seed: int = 0
    w: np.ndarray | None = field(default=None, init=False, repr=False)
    b: float = field(default=0.0, init=False)
    history: list[float] = field(default_factory=list, init=False, repr=False)

    def fit(self, X: np.ndarray, y: np.ndarray) -> "MiniBatchLinear":
        rng = np.random.default_rng(self.seed)
        n, d = X.shape
        self.w, self.b = np.zeros(d), 0.0
        self.history.clear()
        for _ in range(self.epochs):
            order = rng.permutation(n)
            for start in range(0, n, self.batch_size):
                rows = order[start : start + self.batch_size]
                xb, yb = X[rows], y[start : start + self.batch_size]
                err = xb @ self.w + self.b - yb
                self.w -= self.lr * 2 * xb.T @ err / len(err)
                self.b -= self.lr * 2 * err.mean()
            self.history.append(float(np.mean((self.predict(X) - y) ** 2)))
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        return X @ self.w + self.b
