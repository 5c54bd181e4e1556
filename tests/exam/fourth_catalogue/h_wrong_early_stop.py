from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np


class Callback(Protocol):
    def on_epoch_end(self, model: "LinearSGD", epoch: int, val_loss: float) -> bool: ...
    def on_train_end(self, model: "LinearSGD") -> None: ...


@dataclass
class EarlyStopping:
    """Stops after ``patience`` epochs without improvement and restores the best parameters."""

    patience: int = 10
    min_delta: float = 0.0
    best: float = field(default=np.inf, init=False)
    wait: int = field(default=0, init=False)
    best_params: list | None = field(default=None, init=False)

    def on_epoch_end(self, model: "LinearSGD", epoch: int, val_loss: float) -> bool:
        if val_loss < self.best - self.min_delta:
            self.best, self.wait = val_loss, 0
            self.best_params = [p for p in model.params]
        else:
            self.wait += 1
        return self.wait >= self.patience

    def on_train_end(self, model: "LinearSGD") -> None:
        if self.best_params is not None:
            model.params = self.best_params


@dataclass
class LinearSGD:
    """Linear regression; the last ``val_fraction`` of the (shuffled) rows is the validation set."""

    lr: float = 0.02
    epochs: int = 500
    batch_size: int = 8
    val_fraction: float = 0.25
    seed: int = 0
    stopper: EarlyStopping = field(default_factory=EarlyStopping)

    def fit(self, X, y) -> "LinearSGD":
        rng = np.random.default_rng(self.seed)
        X, y = np.asarray(X, float), np.asarray(y, float)
        order = rng.permutation(len(X))
        cut = int(len(X) * (1 - self.val_fraction))
        tr, self.val_idx_ = order[:cut], order[cut:]
        self.params = [np.zeros(X.shape[1]), np.zeros(1)]
        for epoch in range(self.epochs):
            for rows in np.array_split(rng.permutation(tr), max(1, len(tr) // self.batch_size)):
                err = self.predict(X[rows]) - y[rows]
                self.params[0] -= self.lr * X[rows].T @ err / len(rows)
                self.params[1] -= self.lr * err.mean()
            val = np.mean((self.predict(X[self.val_idx_]) - y[self.val_idx_]) ** 2)
            if self.stopper.on_epoch_end(self, epoch, val):
                break
        self.stopper.on_train_end(self)
        return self

    def predict(self, X):
        return np.asarray(X, float) @ self.params[0] + self.params[1][0]
