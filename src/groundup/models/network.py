"""A network of neurons: affine maps with activations between them.

    a₀ = X            zₗ = aₗ₋₁ Wₗ + bₗ            aₗ = f(zₗ)            the scores are the z of the last layer

The chain rule, backwards (back-propagation), from g = d cost / d z of the last layer:

    d cost / d Wₗ = aₗ₋₁' g        d cost / d bₗ = Σ g        g of the layer before = (g Wₗ') f'(zₗ₋₁)

and forwards, from a movement V, c of the weights and biases:  żₗ = ȧₗ₋₁ Wₗ + aₗ₋₁ Vₗ + cₗ,  ȧₗ = f'(zₗ) żₗ.
Nothing here is found by a machine that differentiates programs: these lines are the whole of it.

Rumelhart, Hinton, Williams, Learning representations by back-propagating errors, Nature 323 (1986).
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, InputTypeError
from groundup.formulas.activations import Activation, Elementwise, named
from groundup.models import initialisation as first_weights
from groundup.models.affine import Affine, Model
from groundup.models.neuron import Neuron


class Passed(NamedTuple):
    """What one layer saw and did: kept on the way forwards, used on the way back."""

    inputs: Array
    """a of the layer before, (rows, inputs)"""
    z: Array
    """The scores of this layer, (rows, width)"""
    y: Array
    """f(z); for the last layer z itself"""
    kept: Array | None
    """What dropout multiplied f(z) with; None where nothing was dropped"""


class Network(Model):
    """Dense layers of any width, with any activation of the library after each but the last.

    `activation` is one for all hidden layers or a sequence with one for each; functions of a whole row (softmax) and
    gated units (glu, half as wide as its layer) too. The flat vector holds W row by row, then b, a layer after another.
    Without a hidden layer the network is an affine map, and starts at 0 as that does.

    >>> xor = Network(2, (2,), 1, activation="relu")
    >>> parameters = xor.pack([np.ones((2, 2)), np.array([[1.0], [-2.0]])], [np.array([0.0, -1.0]), np.zeros(1)])
    >>> xor.score(parameters, np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])).ravel()
    array([0., 1., 1., 0.])
    """

    def __init__(
        self,
        n_features: int,
        hidden: Sequence[int] = (16,),
        n_outputs: int = 1,
        *,
        activation: str | Activation | Sequence[str | Activation] = "tanh",
        fit_intercept: bool = True,
        dropout: float = 0.0,
        initialisation: str | None = None,
    ):
        self.n_features, self.n_outputs, self.fit_intercept = n_features, n_outputs, fit_intercept
        self.activations = activations_of(activation, len(hidden))
        self.initialisation, self.dropout = initialisation, dropout
        self.layers: list[Affine] = []
        width = n_features
        for outputs, activation_after in zip([*hidden, n_outputs], [*self.activations, None], strict=True):
            self.layers.append(Affine(width, outputs, fit_intercept=fit_intercept))
            width = outputs if activation_after is None else width_after(activation_after, outputs)
        ends = np.cumsum([layer.n_parameters for layer in self.layers])
        self.n_parameters = int(ends[-1])
        self.places = [
            slice(int(end) - layer.n_parameters, int(end)) for end, layer in zip(ends, self.layers, strict=True)
        ]
        self.mask = np.concatenate([layer.weights_mask() for layer in self.layers])
        self._chance: Any = None  # a generator, where neurons are dropped

    def start(self, rng: np.random.Generator | None = None) -> Array:
        """Random weights, of the size that suits the activation after them, and bias 0."""
        if len(self.layers) == 1:
            return np.zeros(self.n_parameters)
        rng = np.random.default_rng() if rng is None else rng
        suits = [f.initialisation for f in self.activations] + ["lecun"]
        draws = [first_weights.named(self.initialisation or suit) for suit in suits]
        weights = [draw(k.n_features, k.n_outputs, rng) for draw, k in zip(draws, self.layers, strict=True)]
        return self.pack(weights, [np.zeros(k.n_outputs) for k in self.layers])

    def unpack(self, parameters: Array) -> list[tuple[Array, Array]]:
        """W (inputs, width) and b (width,) of every layer, as views."""
        return [layer.unpack(parameters[at]) for layer, at in zip(self.layers, self.places, strict=True)]

    def pack(self, weights: Sequence[Array], biases: Sequence[Array]) -> Array:
        """The flat vector of the W and b of every layer."""
        return np.concatenate(
            [k.pack(np.asarray(W), np.asarray(b)) for k, W, b in zip(self.layers, weights, biases, strict=True)]
        )

    def forward(self, parameters: Array, X: Array) -> tuple[Array, list[Passed]]:
        """zₗ = aₗ₋₁ Wₗ + bₗ, aₗ = f(zₗ), a layer after another."""
        trace: list[Passed] = []
        a = X
        *hidden, (W_last, b_last) = self.unpack(parameters)
        for (W, b), f in zip(hidden, self.activations, strict=True):
            z = a @ W
            z += b
            y = f.value(z)
            kept = self._keep(y)
            trace.append(Passed(a, z, y, kept))
            a = y if kept is None else kept * y
        z = a @ W_last
        z += b_last
        trace.append(Passed(a, z, z, None))
        return z, trace

    def pullback(self, parameters: Array, trace: list[Passed], g: Array) -> Array:
        """Back-propagation: a' g and Σ g for every layer, from the last to the first."""
        gradient = np.empty(self.n_parameters, dtype=g.dtype)
        layers = self.unpack(parameters)
        slopes = self.unpack(gradient)
        for k in range(len(layers) - 1, -1, -1):
            for_W, for_b = slopes[k]
            np.matmul(trace[k].inputs.T, g, out=for_W)
            np.add.reduce(g, axis=0, out=for_b)
            if k > 0:
                before = trace[k - 1]
                g = g @ layers[k][0].T
                g = g if before.kept is None else before.kept * g
                g = self.activations[k - 1].pullback(before.z, before.y, g)
        return gradient

    def pushforward(self, parameters: Array, trace: list[Passed], v: Array) -> Array:
        """ż = ȧ W + a V + c, ȧ = f'(z) ż, a layer after another; X does not move."""
        moved: Array | None = None
        z_moved: Array = np.zeros(0)
        moves = self.unpack(v)
        for k, ((W, _), (V, c)) in enumerate(zip(self.unpack(parameters), moves, strict=True)):
            z_moved = trace[k].inputs @ V + c
            if moved is not None:
                z_moved += moved @ W
            if k < len(self.activations):
                moved = pushed(self.activations[k], trace[k], z_moved)
        return z_moved

    def weights_mask(self) -> Array:
        """1 for every W, 0 for every b."""
        return self.mask

    def weights_and_bias(self, parameters: Array) -> tuple[Array, Array]:
        """All weights in one vector and all biases in another, a layer after another."""
        if len(self.layers) == 1:
            return self.layers[0].weights_and_bias(parameters)
        return parameters[self.mask], parameters[~self.mask]

    def from_weights_and_bias(self, weights: Array, bias: Array) -> Array:
        """The inverse of `weights_and_bias`."""
        if len(self.layers) == 1:
            return self.layers[0].from_weights_and_bias(weights, bias)
        parameters = np.zeros(self.n_parameters)
        parameters[self.mask], parameters[~self.mask] = np.ravel(weights), np.ravel(bias)
        return parameters

    def dropping(self, chance: np.random.Generator) -> Network:
        """The same network, where each neuron is left out of a row with the probability `dropout`.

        Those that stay are multiplied by 1 / (1 - dropout), so that the layer after sees the same mean.

        Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15 (2014).
        """
        other: Network = copy(self)
        other._chance = chance
        return other

    def _keep(self, y: Array) -> Array | None:
        if self._chance is None or self.dropout == 0:
            return None
        stays = self._chance.random(y.shape) >= self.dropout
        return stays / (1 - self.dropout)

    def neuron(self, parameters: Array, layer: int, i: int, X: Array | None = None, g: Array | None = None) -> Neuron:
        """One neuron: its weights and bias, and for rows X what went in and came out.

        `g` = d cost / d z of the last layer adds the slope of the cost along this neuron's score. Layer 0 is the first
        hidden one.
        """
        if not (0 <= layer < len(self.layers) and 0 <= i < self.layers[layer].n_outputs):
            widths = [k.n_outputs for k in self.layers]
            raise InputError(
                f"there is no neuron {i} in layer {layer}; the layers have {widths} neurons. Count both from 0."
            )
        W, b = self.unpack(parameters)[layer]
        last = layer == len(self.layers) - 1
        bare = Neuron(layer, i, None if last else self.activations[layer], W[:, i].copy(), float(b[i]))
        if X is None:
            return bare
        _, trace = self.forward(parameters, X)
        inputs, z, y, _ = trace[layer]
        output = y[:, i] if y.shape[1] == z.shape[1] else None  # a gated unit has no output of one neuron
        seen = bare._replace(inputs=inputs, score=z[:, i], output=output)
        return seen if g is None else seen._replace(gradient=self.slope_at(parameters, trace, g, layer)[:, i])

    def slope_at(self, parameters: Array, trace: list[Passed], g: Array, layer: int) -> Array:
        """d cost / d z of a layer, from that of the last."""
        layers = self.unpack(parameters)
        for k in range(len(layers) - 1, layer, -1):
            g = self.activations[k - 1].pullback(trace[k - 1].z, trace[k - 1].y, g @ layers[k][0].T)
        return g


def activations_of(activation: str | Activation | Sequence[str | Activation], layers: int) -> list[Activation]:
    """One activation for each hidden layer.

    >>> activations_of("relu", 2)
    [ReLU(), ReLU()]
    """
    if isinstance(activation, str | Activation):
        return [named(activation)] * layers
    if not isinstance(activation, Sequence):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputTypeError(
            f"activation must be a name, an Activation, or a list with one for each hidden layer; got {activation!r}. "
            "Use for instance activation='tanh'."
        )
    if len(activation) != layers:
        raise InputError(
            f"activation must be one for all hidden layers or one for each; there are {layers} hidden layers and "
            f"{len(activation)} activations. Give one name, or {layers}."
        )
    return [named(f) for f in activation]


def width_after(activation: Activation, width: int) -> int:
    """How many numbers the activation makes of `width` scores.

    >>> width_after(named("glu"), 6)
    3
    """
    return activation.value(np.zeros((1, width))).shape[1]


def pushed(activation: Activation, passed: Passed, v: Array) -> Array:
    """J v: how f(z) moves when z moves along v, with what dropout kept."""
    if isinstance(activation, Elementwise):
        moved = activation.derivative(passed.z, passed.y) * v
    else:  # pullback gives g'J; with g a unit vector that is a row of J
        moved = np.empty_like(passed.y)
        for j in range(passed.y.shape[1]):
            unit = np.zeros_like(passed.y)
            unit[:, j] = 1.0
            moved[:, j] = np.sum(activation.pullback(passed.z, passed.y, unit) * v, axis=1)
    return moved if passed.kept is None else passed.kept * moved
