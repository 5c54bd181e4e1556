"""What every loss is: a cost in the score z, its slope, and how that slope moves.

    Loss         value(z, y), gradient(z, y), curvature(z, y, v), response(z); called with (y, prediction) a metric
    ├── Residual    a function of r = z - y alone: how far the prediction missed
    ├── Margin      a function of m = t z alone, t = 2 y - 1: how far the score is on the right side
    └── RowWise     the scores of one row together: one cost for a row of classes

The public methods turn lists, numbers and arrays of any library into floating-point arrays once; a formula writes
`_value`, `_gradient`, `_curvature` in the functions of the array API standard. A NaN stays a NaN, an overflow becomes
an infinity, and no input makes NumPy warn.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cache
from types import ModuleType
from typing import Any, ClassVar, Self

import numpy as np

from groundup._arrays import Array, floating, like
from groundup.errors import InputError
from groundup.formulas.domains import Binary, Domain, Real, Simplex
from groundup.formulas.losses.rows import as_rows, check_weights
from groundup.formulas.totals import Mean, RootMean, Total


class Loss(ABC):
    """The cost of a row in the score z, and the total that makes one number of many rows.

    A new loss writes `_value`, `_gradient` and `_curvature`: each takes the array namespace, the score and the label as
    floating-point arrays of one library. Everything else follows, tests and gallery included: they walk the subclasses.
    """

    name: ClassVar[str] = ""
    """The name that `named` knows."""
    equation: ClassVar[str] = ""
    gradient_equation: ClassVar[str] = ""
    notes: ClassVar[str] = ""
    source: ClassVar[str] = ""

    domain: Domain = Real()
    """The labels it is made for."""
    rowwise: ClassVar[bool] = False
    """Whether the scores of a row have one cost together: z and y are (rows, classes), the value is (rows, 1)."""
    smooth: bool = True
    """Whether the gradient is continuous, so that no kink stops Newton's method or L-BFGS."""
    convex: bool = True
    """Whether the cost has no valley but one, for every label."""
    nonnegative: bool = True
    """Whether the cost is at least 0, so that a root of it makes sense."""
    curvature_bound: float | None = None
    """The largest second derivative there is, where it is finite: it gives the safe learning rate."""

    def __init__(self, total: Total | None = None):
        self.total = Mean() if total is None else total
        if isinstance(self.total, RootMean) and not self.nonnegative:
            raise InputError(f"{type(self).__name__} can be negative and then has no root; use total=Mean() or Sum().")

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """A few instances that tests and the gallery use."""
        return [cls()]

    @abstractmethod
    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array: ...

    @abstractmethod
    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array: ...

    @abstractmethod
    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array: ...

    def _response(self, xp: ModuleType, z: Array) -> Array:
        return z

    def _root(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return xp.sqrt(self._value(xp, z, y))

    def _value_and_gradient(self, xp: ModuleType, z: Array, y: Array) -> tuple[Array, Array]:
        # A class that shares work between the two may replace this; a test compares each such class with this line.
        return self._value(xp, z, y), self._gradient(xp, z, y)

    def response(self, z: Array) -> Array:
        """The score in the units of y; for regression losses the score itself."""
        return evaluate(self._response, z)

    def value(self, z: Array, y: Array) -> Array:
        """The cost: in the shape of z, or (rows, 1) where a row has one cost."""
        return evaluate(self._value, z, y)

    def gradient(self, z: Array, y: Array) -> Array:
        """d cost / d z, in the shape of z."""
        return evaluate(self._gradient, z, y)

    def curvature(self, z: Array, y: Array, v: Array) -> Array:
        """d gradient / d z times v: how the gradient moves when the score moves along v."""
        return evaluate(self._curvature, z, y, v)

    def value_and_gradient(self, z: Array, y: Array) -> tuple[Array, Array]:
        """Both, where they share work in less time than one after the other."""
        return evaluate(self._value_and_gradient, z, y)

    def root(self, z: Array, y: Array) -> Array:
        """A number whose square is the cost, in the shape of the value: for squares the miss itself, never squared."""
        return evaluate(self._root, z, y)

    def __call__(self, y: Array, prediction: Array, sample_weight: Array | None = None) -> float:
        """The loss as a metric: the total over all rows.

        `y` and `prediction` have one shape; (rows,) and (rows, 1) are the same column. Where `response` is not the
        score itself (logistic, Poisson, cross-entropy), `prediction` is the score, not the probability or the rate.
        """
        z, y = as_rows(self.domain.check(y), prediction, rowwise=self.rowwise)
        return self.total.of(self, z, y, check_weights(sample_weight, z))

    def __repr__(self) -> str:
        parts = [f"{name}={getattr(self, name)!r}" for name in _settings_of(type(self))]
        if self.total != Mean():
            parts.append(f"total={self.total!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))


class Residual(Loss):
    """f(r) with r = z - y: the cost of a miss. A new one writes `_cost`, `_slope` and `_bend`: f, f' and f''."""

    @abstractmethod
    def _cost(self, xp: ModuleType, r: Array) -> Array: ...

    @abstractmethod
    def _slope(self, xp: ModuleType, r: Array) -> Array: ...

    @abstractmethod
    def _bend(self, xp: ModuleType, r: Array) -> Array: ...

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return self._cost(xp, z - y)

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return self._slope(xp, z - y)

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        return self._bend(xp, z - y) * v


class Margin(Loss):
    """f(m) with m = t z, where t = 2 y - 1 is -1 for class 0 and +1 for class 1.

    A positive margin means the right class. A new one writes `_cost`, `_slope` and `_bend`: f, f' and f''. The slope
    in z is t f'(m), and f''(m) is the curvature in z too, since t² = 1.
    """

    domain = Binary()

    @abstractmethod
    def _cost(self, xp: ModuleType, m: Array) -> Array: ...

    @abstractmethod
    def _slope(self, xp: ModuleType, m: Array) -> Array: ...

    @abstractmethod
    def _bend(self, xp: ModuleType, m: Array) -> Array: ...

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return self._cost(xp, (2 * y - 1) * z)

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        t = 2 * y - 1
        return t * self._slope(xp, t * z)

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        return self._bend(xp, (2 * y - 1) * z) * v


class RowWise(Loss):
    """One cost for the scores of a row: z and y are (rows, classes), the value (rows, 1), the slope (rows, classes)."""

    rowwise = True
    domain = Simplex()


@cache
def _settings_of(kind: type[Loss]) -> tuple[str, ...]:
    return tuple(name for name in inspect.signature(kind).parameters if name != "total")


def evaluate(formula: Callable[..., Any], z: Array, *others: Array) -> Any:
    """formula(xp, z, others...) with everything in the library and type of z, and without warnings."""
    xp, z = floating(z)
    with np.errstate(all="ignore"):
        same = [like(xp, z, other) for other in others]
        for other in same:
            if other.shape != z.shape and other.ndim:
                _must_fit(other, z)
        answer = formula(xp, z, *same)
    # NumPy gives some formulas of plain numbers back as arrays without a dimension: numbers in, numbers out.
    return answer[()] if z.ndim == 0 and type(answer) is np.ndarray else answer  # pyright: ignore[reportUnknownVariableType]


def _must_fit(other: Array, z: Array) -> None:
    fits = other.ndim <= z.ndim and all(
        mine in (1, theirs) for mine, theirs in zip(reversed(other.shape), reversed(z.shape), strict=False)
    )
    if not fits:
        raise InputError(
            f"labels and directions must have the shape of the scores, {tuple(z.shape)}; got {tuple(other.shape)}. "
            "Reshape one of them: a column is y.reshape(-1, 1)."
        )


def keep_nan(xp: ModuleType, x: Array, answer: Array | float) -> Array:
    """`answer`, but NaN where x is NaN: for slopes that are constant and would forget it."""
    return xp.where(xp.isnan(x), x, answer)
