"""z = X W + b: the model of linear and logistic regression, and one layer of a network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from groundup._arrays import Array


class Model(ABC):
    """Parameters and rows to scores. It holds no data and nothing learnt: only shapes.

    Parameters are one flat vector that only the model can unpack, so an optimiser is plain vector arithmetic.
    """

    n_parameters: int
    n_outputs: int

    @abstractmethod
    def start(self, rng: np.random.Generator | None = None) -> Array:
        """The parameters before the first update."""

    @abstractmethod
    def forward(self, parameters: Array, X: Array) -> tuple[Array, Any]:
        """The scores (rows, outputs), and whatever `pullback` and `pushforward` need to remember of the way."""

    @abstractmethod
    def pullback(self, parameters: Array, trace: Any, g: Array) -> Array:
        """d cost / d parameters, from g = d cost / d z: the chain rule, backwards."""

    @abstractmethod
    def pushforward(self, parameters: Array, trace: Any, v: Array) -> Array:
        """How the scores move when the parameters move along v: the chain rule, forwards."""

    @abstractmethod
    def weights_mask(self) -> Array:
        """1 where a parameter is a weight, 0 where it is a bias: a penalty falls on weights only."""

    @abstractmethod
    def weights_and_bias(self, parameters: Array) -> tuple[Array, Array]:
        """The parameters as people write them: for one output a vector and a number."""

    @abstractmethod
    def from_weights_and_bias(self, weights: Array, bias: Array) -> Array:
        """The inverse of `weights_and_bias`."""

    def score(self, parameters: Array, X: Array) -> Array:
        """The scores (rows, outputs)."""
        return self.forward(parameters, X)[0]


class Affine(Model):
    """z = X W + b, with W (features, outputs) and b (outputs,); without an intercept b is 0 and not a parameter.

    The flat vector holds W row by row, then b.

    >>> line = Affine(1, 1)
    >>> line.score(np.array([2.0, 1.0]), np.array([[3.0]]))  # weight 2, bias 1, at x = 3
    array([[7.]])
    """

    def __init__(self, n_features: int, n_outputs: int = 1, *, fit_intercept: bool = True):
        self.n_features, self.n_outputs, self.fit_intercept = n_features, n_outputs, fit_intercept
        self.n_weights = n_features * n_outputs
        self.n_parameters = self.n_weights + n_outputs * fit_intercept

    def start(self, rng: np.random.Generator | None = None) -> Array:
        """Weight 0 and bias 0: the cost of a linear model is a bowl, and any start leads to the bottom."""
        return np.zeros(self.n_parameters)

    def unpack(self, parameters: Array) -> tuple[Array, Array]:
        """W (features, outputs) and b (outputs,), as views."""
        W = parameters[: self.n_weights].reshape(self.n_features, self.n_outputs)
        return W, parameters[self.n_weights :] if self.fit_intercept else np.zeros(self.n_outputs)

    def pack(self, W: Array, b: Array) -> Array:
        """The flat vector of W and b."""
        return np.concatenate([W.ravel(), b]) if self.fit_intercept else W.ravel()

    def forward(self, parameters: Array, X: Array) -> tuple[Array, Array]:
        """X W + b; the rows themselves are all there is to remember."""
        W, b = self.unpack(parameters)
        # Rows of float32 become float64 once, a block at a time, for this product and for the way back.
        rows = X.astype(W.dtype) if X.dtype == np.float32 else X
        z = rows @ W
        z += b
        return z, rows

    def pullback(self, parameters: Array, trace: Array, g: Array) -> Array:
        """(X' g, column sums of g)."""
        return self.pack(trace.T @ g, g.sum(axis=0))

    def pushforward(self, parameters: Array, trace: Array, v: Array) -> Array:
        """X V + c where v holds V and c: the score is linear in its parameters."""
        return self.forward(v, trace)[0]

    def weights_mask(self) -> Array:
        """1 for W, 0 for b."""
        return np.arange(self.n_parameters) < self.n_weights

    def weights_and_bias(self, parameters: Array) -> tuple[Array, Array]:
        """One output: (features,) and a number. Several: (outputs, features) and (outputs,), as in `coef_`."""
        W, b = self.unpack(parameters)
        return (W[:, 0].copy(), b[0]) if self.n_outputs == 1 else (W.T.copy(), b.copy())

    def from_weights_and_bias(self, weights: Array, bias: Array) -> Array:
        """The flat vector of `coef_` and `intercept_`."""
        W = np.asarray(weights, dtype=float).reshape(self.n_outputs, self.n_features).T
        return self.pack(W, np.asarray(bias, dtype=float).reshape(self.n_outputs))
