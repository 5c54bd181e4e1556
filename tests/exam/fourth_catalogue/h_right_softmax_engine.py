from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Iterator, Optional

import numpy as np

Callback = Callable[[int, float], Optional[bool]]


@dataclass
class BatchLoader:
    batch_size: int = 32
    seed: int = 0
    _rng: np.random.Generator = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)

    def epoch(self, *arrays: np.ndarray) -> Iterator[tuple[np.ndarray, ...]]:
        order = self._rng.permutation(len(arrays[0]))
        for start in range(0, len(order), self.batch_size):
            idx = order[start : start + self.batch_size]
            yield tuple(a[idx] for a in arrays)


@dataclass
class Standardizer:
    mean: np.ndarray | None = None
    scale: np.ndarray | None = None

    def fit(self, X: np.ndarray) -> "Standardizer":
        self.mean = X.mean(axis=0)
        scale = X.std(axis=0)
        self.scale = np.where(scale > 0, scale, 1.0)
        return self

    def __call__(self, X: np.ndarray) -> np.ndarray:
        return (X - self.mean) / self.scale


@dataclass
class SoftmaxClassifier:
    """Multinomial logistic regression trained with mini-batch SGD.

    The step size decays as lr / (1 + epoch / decay).  Callbacks get (epoch, loss)
    and stop the training by returning True.
    """

    lr: float = 0.5
    decay: float = 50.0
    epochs: int = 400
    l2: float = 1e-2
    loader: BatchLoader = field(default_factory=BatchLoader)
    callbacks: list[Callback] = field(default_factory=list)
    scaler: Standardizer = field(default_factory=Standardizer)

    def fit(self, X, y) -> "SoftmaxClassifier":
        X = self.scaler.fit(np.asarray(X, dtype=float))(np.asarray(X, dtype=float))
        self.classes_, codes = np.unique(np.asarray(y), return_inverse=True)
        T = np.eye(len(self.classes_))[codes]
        self.W = np.zeros((X.shape[1], T.shape[1]))
        self.b = np.zeros(T.shape[1])
        self.history_: list[float] = []
        for epoch in range(self.epochs):
            lr = self.lr / (1 + epoch / self.decay)
            for xb, tb in self.loader.epoch(X, T):
                err = (self._softmax(xb @ self.W + self.b) - tb) / len(xb)
                self.W -= lr * (xb.T @ err + self.l2 * self.W)
                self.b -= lr * err.sum(axis=0)
            loss = self._loss(X, T)
            self.history_.append(loss)
            if any([cb(epoch, loss) for cb in self.callbacks]):
                break
        return self

    def _loss(self, X: np.ndarray, T: np.ndarray) -> float:
        z = X @ self.W + self.b
        z = z - z.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return float(-(T * logp).sum(axis=1).mean() + 0.5 * self.l2 * (self.W**2).sum())

    @staticmethod
    def _softmax(z: np.ndarray) -> np.ndarray:
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict_proba(self, X) -> np.ndarray:
        return self._softmax(self.scaler(np.asarray(X, dtype=float)) @ self.W + self.b)

    def predict(self, X) -> np.ndarray:
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
