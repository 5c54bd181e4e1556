"""A price on large weights, never on the bias.

    L2          s/2 Σ w²                     pulls every weight towards zero, none all the way
    L1          s Σ |w|                      sets weights to exactly zero
    ElasticNet  l1 Σ |w| + l2/2 Σ w²         both; the other two are its special cases

The half is there so that the gradient of L2 is s w. Beside value, gradient and curvature stands
`prox(w, step) = argmin_u  penalty(u) + |u - w|² / (2 step)`, the step that a kink needs.
"""

from __future__ import annotations

import inspect
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import ModuleType
from typing import ClassVar, Self

import numpy as np

from groundup._arrays import Array, floating, like
from groundup.errors import InputError, InputTypeError


class Penalty(ABC):
    """A price on the weights w: any array, taken entry by entry.

    A new penalty writes `_value`, `_gradient`, `_curvature` and `_prox`, each with the array namespace and
    floating-point arrays of one library. A NaN stays a NaN, and no input makes NumPy warn.
    """

    equation: ClassVar[str] = ""
    gradient_equation: ClassVar[str] = ""
    prox_equation: ClassVar[str] = ""
    notes: ClassVar[str] = ""
    source: ClassVar[str] = ""

    smooth: bool = True
    """Whether the price has no kink; where it has one, descend by `prox`."""
    convex: bool = True
    """Whether the price has no valley but the one at 0."""

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """A few instances that tests and the gallery use."""
        return [cls()]

    @abstractmethod
    def _value(self, xp: ModuleType, w: Array) -> Array: ...

    @abstractmethod
    def _gradient(self, xp: ModuleType, w: Array) -> Array: ...

    @abstractmethod
    def _curvature(self, xp: ModuleType, w: Array, v: Array) -> Array: ...

    @abstractmethod
    def _prox(self, xp: ModuleType, w: Array, step: float) -> Array: ...

    def value(self, w: Array) -> Array:
        """The price, one number."""
        xp, w = floating(w)
        with np.errstate(all="ignore"):
            return self._value(xp, w)

    def gradient(self, w: Array) -> Array:
        """d price / d w, in the shape of w; at a kink the subgradient 0."""
        xp, w = floating(w)
        with np.errstate(all="ignore"):
            return self._gradient(xp, w)

    def curvature(self, w: Array, v: Array) -> Array:
        """How the gradient moves when w moves along v."""
        xp, w = floating(w)
        with np.errstate(all="ignore"):
            return self._curvature(xp, w, like(xp, w, v))

    def prox(self, w: Array, step: float) -> Array:
        """argmin over u of price(u) + |u - w|² / (2 step), for a step of at least 0."""
        xp, w = floating(w)
        with np.errstate(all="ignore"):
            answer = self._prox(xp, w, step)
        return answer[()] if w.ndim == 0 and type(answer) is np.ndarray else answer  # pyright: ignore[reportUnknownVariableType]

    def __repr__(self) -> str:
        names = inspect.signature(type(self)).parameters
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))


class ElasticNet(Penalty):
    """l1 Σ |w| + l2/2 Σ w²: some weights exactly zero, the others held small.

    Gradient: l1 sign(w) + l2 w.  Curvature: l2.  Prox: sign(w) max(|w| - step l1, 0) / (1 + step l2).

    >>> ElasticNet(l1=1.0, l2=1.0).prox([3.0, 0.5], step=1.0)
    array([1., 0.])
    """

    equation = "l1 Σ |w| + l2/2 Σ w²"
    gradient_equation = "l1 sign(w) + l2 w"
    prox_equation = "sign(w) max(|w| - step l1, 0) / (1 + step l2)"
    notes = "Of a group of features that say the same, the lasso keeps one at random; with some l2 it keeps the group."
    source = "Zou and Hastie, Regularization and variable selection via the elastic net, JRSS B 67 (2005)."

    def __init__(self, l1: float = 0.0, l2: float = 0.0):
        self.l1, self.l2 = _strength("l1", l1), _strength("l2", l2)

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """Both, one of them, and neither."""
        return [cls(0.5, 2.0), cls(l1=0.5), cls(l2=2.0), cls()]

    @property
    def smooth(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Whether the price has no kink."""
        return self.l1 == 0

    def _value(self, xp: ModuleType, w: Array) -> Array:
        # A strength of 0 costs nothing, even where the sum beside it overflows.
        absolute = self.l1 * xp.sum(xp.abs(w)) if self.l1 else 0.0
        return absolute + (xp.sum(0.5 * self.l2 * w * w) if self.l2 else 0.0 * xp.sum(xp.sign(w)))

    def _gradient(self, xp: ModuleType, w: Array) -> Array:
        return self.l1 * xp.sign(w) + (self.l2 * w if self.l2 else 0.0)

    def _curvature(self, xp: ModuleType, w: Array, v: Array) -> Array:
        return self.l2 * v

    def _prox(self, xp: ModuleType, w: Array, step: float) -> Array:
        reach = step * self.l1
        shrunk = xp.where(xp.abs(w) <= reach, 0.0, w - reach * xp.sign(w))
        return shrunk / (1 + step * self.l2)


class L2(ElasticNet):
    """strength/2 Σ w²: ridge, weight decay.

    Gradient: strength w.  Curvature: strength.  Prox: w / (1 + step strength).

    >>> L2(0.5).gradient([2.0, -4.0])
    array([ 1., -2.])
    """

    equation = "strength/2 Σ w²"
    gradient_equation = "strength w"
    prox_equation = "w / (1 + step strength)"
    notes = "Makes every minimum unique and every Hessian invertible. Standardise first: it prices all features alike."
    source = "Hoerl and Kennard, Ridge regression, Technometrics 12 (1970)."

    def __init__(self, strength: float = 1.0):
        super().__init__(l2=_strength("strength", strength))

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """Weak and strong."""
        return [cls(0.1), cls(3.0)]

    @property
    def strength(self) -> float:
        """The price of a weight of 1 is half of this."""
        return self.l2


class L1(ElasticNet):
    """strength Σ |w|: the lasso.

    Gradient: strength sign(w), and 0 at the kink.  Curvature: 0.  Prox: sign(w) max(|w| - step strength, 0).

    >>> L1(1.0).prox([3.0, -0.5], step=2.0)
    array([1., 0.])
    """

    equation = "strength Σ |w|"
    gradient_equation = "strength sign(w), and 0 at the kink"
    prox_equation = "sign(w) max(|w| - step strength, 0)"
    notes = "Chooses features: the weights of the useless ones are exactly 0. Solvers reach the zeros by `prox` only."
    source = "Tibshirani, Regression shrinkage and selection via the lasso, JRSS B 58 (1996)."

    def __init__(self, strength: float = 1.0):
        super().__init__(l1=_strength("strength", strength))

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """Weak and strong."""
        return [cls(0.1), cls(3.0)]

    @property
    def strength(self) -> float:
        """The price of a weight of 1."""
        return self.l1


def _strength(name: str, value: float) -> float:
    try:
        given = float(value)
    except (TypeError, ValueError):
        raise InputTypeError(f"{name} must be a number; got {value!r}. Use 0 for no penalty.") from None
    if not 0 <= given < math.inf:
        raise InputError(f"{name} must be a finite number of at least 0; got {value!r}. Use 0 for no penalty.")
    return given
