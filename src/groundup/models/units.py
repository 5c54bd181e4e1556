"""A model whose scores are in the units of y, while its parameters are of the size of 1."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.models.affine import Model


class InUnits(Model):
    """z = centre + scale x (score of the model inside): so that prices of 10,000 need no weights of 10,000.

    >>> from groundup.models.affine import Affine
    >>> dear = InUnits(Affine(1, 1), centre=np.array([1000.0]), scale=np.array([100.0]))
    >>> dear.score(np.array([2.0, 0.5]), np.array([[1.0]]))
    array([[1250.]])
    """

    def __init__(self, inside: Model, centre: Array, scale: Array):
        self.inside, self.centre, self.scale = inside, centre, scale
        self.n_parameters, self.n_outputs = inside.n_parameters, inside.n_outputs

    def start(self, rng: np.random.Generator | None = None) -> Array:
        """Where the model inside starts."""
        return self.inside.start(rng)

    def forward(self, parameters: Array, X: Array) -> tuple[Array, Any]:
        """The score of the model inside, in the units of y."""
        z, trace = self.inside.forward(parameters, X)
        return self.centre + self.scale * z, trace

    def pullback(self, parameters: Array, trace: Any, g: Array) -> Array:
        """The chain rule: a step of the score inside is `scale` steps outside."""
        return self.inside.pullback(parameters, trace, self.scale * g)

    def pushforward(self, parameters: Array, trace: Any, v: Array) -> Array:
        """The chain rule, forwards."""
        return self.scale * self.inside.pushforward(parameters, trace, v)

    def weights_mask(self) -> Array:
        """That of the model inside."""
        return self.inside.weights_mask()

    def weights_and_bias(self, parameters: Array) -> tuple[Array, Array]:
        """Those of the model inside."""
        return self.inside.weights_and_bias(parameters)

    def from_weights_and_bias(self, weights: Array, bias: Array) -> Array:
        """The inverse of `weights_and_bias`."""
        return self.inside.from_weights_and_bias(weights, bias)


class Units(NamedTuple):
    """Columns are (X - mean) / deviation; scores are centre + scale z."""

    mean: Array
    deviation: Array
    centre: Array
    scale: Array

    @classmethod
    def plain(cls, n_features: int, n_outputs: int) -> Units:
        """Everything as it is."""
        return cls(np.zeros(n_features), np.ones(n_features), np.zeros(n_outputs), np.ones(n_outputs))

    @property
    def are_plain(self) -> bool:
        """Whether nothing would change."""
        return all(bool((part == value).all()) for part, value in zip(self, (0, 1, 0, 1), strict=True))

    def fold(self, weights: list[Array], biases: list[Array]) -> tuple[list[Array], list[Array]]:
        """The same function for columns and scores in their own units: the units move into the first and last layer.

        >>> units = Units(np.array([10.0]), np.array([2.0]), np.array([0.0]), np.array([1.0]))
        >>> units.fold([np.array([[4.0]])], [np.array([0.0])])
        ([array([[2.]])], [array([-20.])])
        """
        weights, biases = list(weights), list(biases)
        weights[0] = weights[0] / self.deviation[:, None]
        biases[0] = biases[0] - self.mean @ weights[0]
        weights[-1], biases[-1] = self.scale * weights[-1], self.centre + self.scale * biases[-1]
        return weights, biases

    def unfold(self, weights: list[Array], biases: list[Array]) -> tuple[list[Array], list[Array]]:
        """The inverse of `fold`."""
        weights, biases = list(weights), list(biases)
        weights[-1], biases[-1] = weights[-1] / self.scale, (biases[-1] - self.centre) / self.scale
        biases[0] = biases[0] + self.mean @ weights[0]
        weights[0] = weights[0] * self.deviation[:, None]
        return weights, biases


def standard(x: Array, sample_weight: Array | None = None) -> tuple[Array, Array]:
    """Mean and deviation of each column, by weight; the deviation of a constant column is taken to be 1.

    >>> standard(np.array([[1.0, 5.0], [3.0, 5.0]]))
    (array([2., 5.]), array([1., 1.]))
    """
    x = np.asarray(x, dtype=np.float64)
    largest = np.maximum(np.max(np.abs(x), axis=0), np.finfo(float).tiny)  # squares of 1e200 would overflow
    mean = np.average(x / largest, axis=0, weights=sample_weight)
    spread = np.sqrt(np.average((x / largest - mean) ** 2, axis=0, weights=sample_weight))
    constant = spread <= 1e-12
    return mean * largest, np.where(constant, 1.0, spread * largest)
