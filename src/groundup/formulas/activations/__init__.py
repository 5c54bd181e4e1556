"""Activations: the bends between the layers of a network. Each is a value with its slope beside it.

    base          Activation, Elementwise, RowWise: what every activation is
    sigmoids      sigmoid, tanh, ...: curves that level off on both sides
    rectifiers    relu, ...: straight pieces

A name in lower case is an object ready to call; its class stands beside it:

>>> from groundup.formulas import activations
>>> activations.sigmoid([0.0])
array([0.5])
>>> activations.named("relu").derivative([-1.0, 2.0])
array([0., 1.])
"""

from __future__ import annotations

from groundup.errors import UnknownNameError
from groundup.formulas.activations.base import Activation, Elementwise, RowWise
from groundup.formulas.activations.rectifiers import ReLU
from groundup.formulas.activations.sigmoids import Sigmoid, Tanh

relu = ReLU()
sigmoid = Sigmoid()
tanh = Tanh()

NAMES: dict[str, Activation] = {activation.name: activation for activation in (relu, sigmoid, tanh)}
"""Every activation by its name, with its default parameters."""


def named(activation: str | Activation) -> Activation:
    """The activation of that name; an Activation is returned as it is.

    >>> named("tanh")
    Tanh()
    """
    if isinstance(activation, Activation):
        return activation
    if activation not in NAMES:
        raise UnknownNameError("activation", activation, NAMES)
    return NAMES[activation]


__all__ = [
    "NAMES",
    "Activation",
    "Elementwise",
    "ReLU",
    "RowWise",
    "Sigmoid",
    "Tanh",
    "named",
    "relu",
    "sigmoid",
    "tanh",
]
