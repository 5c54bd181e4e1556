"""Formulas as curves: value and slope along one number, for pictures and tables.

An activation of one number is its own curve. A function of a whole row is seen along its first entry, with 1 or 0 for
the other; a loss along the score, with the label held; a penalty along one weight.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from groundup._arrays import Array
from groundup.formulas.activations import Activation, Elementwise, GatedUnit, identity
from groundup.formulas.domains import Real, Simplex
from groundup.formulas.losses import Loss
from groundup.formulas.penalties import Penalty


@dataclass(frozen=True)
class Curve:
    """A value and its slope along `x_name`, worth looking at from `low` to `high`."""

    x_name: str
    value_name: str
    slope_name: str
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    low: float = -4.0
    high: float = 4.0


def of_activation(f: Activation) -> Curve:
    """The activation along x.

    >>> from groundup.formulas import activations
    >>> of_activation(activations.softmax).value_name
    'f(x, 0)₁'
    >>> of_activation(activations.softmax).slope(np.array([0.0]))
    array([0.25])
    """
    if isinstance(f, Elementwise):
        # relu6 bends once more at 6: look on where a straight end does not stay straight.
        three, four, eight = f.derivative(np.array([3.0, 4.0, 8.0]))
        return Curve("x", "f(x)", "f'(x)", f.value, f.derivative, high=8.0 if three == four != eight else 4.0)
    # The half that is bent is the one to look along.
    second = isinstance(f, GatedUnit) and f.halves[0] == identity and f.halves[1] != identity
    other = 1.0 if isinstance(f, GatedUnit) else 0.0
    place = 1 if second else 0

    def row(x: Array) -> Array:
        moved = np.full((len(x), 2), other)
        moved[:, place] = x
        return moved

    def slope(x: Array) -> Array:
        z = row(x)
        y = f.value(z)
        g = np.zeros_like(y)
        g[:, 0] = 1.0
        return f.pullback(z, y, g)[:, place]

    name = f"f({f'{other:g}, x' if second else f'x, {other:g}'}){'₁' if f.value(row(np.zeros(1))).shape[1] > 1 else ''}"
    return Curve("x", name, f"d/dx {name}", lambda x: f.value(row(x))[:, 0], slope)


def of_loss(loss: Loss) -> Curve:
    """The cost of a row along the score z, with the label that its domain suggests.

    >>> from groundup.formulas import losses
    >>> of_loss(losses.logistic).value_name
    'cost where y = 1'
    """
    if isinstance(loss.domain, Simplex):
        y = np.array([[1.0, 0.0]])

        def rows(z: Array) -> Array:
            return np.stack([z, np.zeros_like(z)], axis=1)

        return Curve(
            "z₁",
            "cost where z₂ = 0 and y = (1, 0)",
            "d cost / d z₁",
            lambda z: loss.value(rows(z), y)[:, 0],
            lambda z: loss.gradient(rows(z), y)[:, 0],
        )
    label = 0.0 if isinstance(loss.domain, Real) else 1.0
    return Curve(
        "z",
        f"cost where y = {label:g}",
        "d cost / d z",
        lambda z: loss.value(z, np.full_like(z, label)),
        lambda z: loss.gradient(z, np.full_like(z, label)),
    )


def of_penalty(penalty: Penalty) -> Curve:
    """The price of a single weight w.

    >>> from groundup.formulas import penalties
    >>> of_penalty(penalties.L1(2.0)).value(np.array([-3.0]))
    array([6.])
    """
    return Curve(
        "w",
        "price",
        "d price / d w",
        lambda w: np.array([penalty.value([weight]) for weight in w]),
        penalty.gradient,
    )
