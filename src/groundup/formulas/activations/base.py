"""What every activation is: a value, its slope, and how a gradient flows back through it.

    Activation     value(x), pullback(x, y, g)
    ├── Elementwise   each entry by itself: derivative(x, y), second_derivative(x); pullback is g f'(x)
    └── RowWise       the entries of the last axis together: the slope is a matrix, pullback its product with g

The public methods turn lists, numbers and arrays of any library into floating-point arrays once; a formula writes
`_value`, `_derivative`, `_second_derivative` (or `_pullback`) in the functions of the array API standard. A NaN stays
a NaN, an infinity gives the limit, and no input makes NumPy warn.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from types import ModuleType
from typing import ClassVar, Literal, Self, TypeVar

import numpy as np

from groundup._arrays import Array, floating, like
from groundup.errors import InputError

Formula = TypeVar("Formula", bound=Callable[..., Array])

BLOCK = 16_000
"""Entries handled at a time: 125 KiB of float64, so that a formula's temporaries stay in the cache of a core.

A little less than 128 KiB, from which on the allocator asks the system for fresh pages each time."""


class Activation(ABC):
    """A function between two layers, with its gallery card: equation, slope, notes, source, initialisation.

    A new activation is one concrete subclass with a default for every parameter. Tests, the gallery and `named` find it
    by walking the subclasses; `examples()` may add instances with other parameters.
    """

    name: ClassVar[str] = ""
    """The name that `named` knows."""
    equation: ClassVar[str] = ""
    derivative_equation: ClassVar[str] = ""
    notes: ClassVar[str] = ""
    source: ClassVar[str] = ""
    initialisation: ClassVar[Literal["xavier", "he", "lecun"]] = "xavier"
    """How to draw the weights of the layer before this activation."""

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """A few instances that tests and the gallery use."""
        return [cls()]

    @abstractmethod
    def value(self, x: Array) -> Array:
        """f(x), in the library and type of x."""

    @abstractmethod
    def pullback(self, x: Array, y: Array, g: Array) -> Array:
        """The gradient with respect to x, from y = value(x) and the gradient g with respect to y."""

    def __call__(self, x: Array) -> Array:
        """f(x), the same as `value`."""
        return self.value(x)

    def __repr__(self) -> str:
        parameters = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if name[0] != "_")
        return f"{type(self).__name__}({parameters})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *sorted(vars(self).items())))


class Elementwise(Activation):
    """f(x) for each entry by itself; its slope has the shape of x. A NaN stays NaN, an infinity gives the limit."""

    @abstractmethod
    def _value(self, xp: ModuleType, x: Array) -> Array: ...

    @abstractmethod
    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array: ...

    @abstractmethod
    def _second_derivative(self, xp: ModuleType, x: Array) -> Array: ...

    def value(self, x: Array) -> Array:
        """f(x), in the shape of x."""
        xp, x = floating(x)
        return evaluate(xp, self._value, x)

    def derivative(self, x: Array, y: Array | None = None) -> Array:
        """f'(x), in the shape of x. Where y = f(x) is at hand it saves work, if that costs no digits."""
        xp, x = floating(x)
        if y is None:
            return evaluate(xp, partial(self._derivative, y=None), x)
        return evaluate(xp, self._derivative, x, like(xp, x, y))

    def second_derivative(self, x: Array) -> Array:
        """f''(x), in the shape of x; 0 at a kink or a jump unless the class says otherwise."""
        xp, x = floating(x)
        return evaluate(xp, self._second_derivative, x)

    def pullback(self, x: Array, y: Array, g: Array) -> Array:
        """g f'(x): the chain rule, entry by entry."""
        xp, x = floating(x)
        y, g = like(xp, x, y), like(xp, x, g)
        if g.shape != x.shape:
            return g * self.derivative(x, y)
        return evaluate(xp, self._pullback, x, y, g)

    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array:
        return g * self._derivative(xp, x, y)


class RowWise(Activation):
    """A function of the whole last axis: one row in, one row out, and a matrix for a slope."""

    @abstractmethod
    def _value(self, xp: ModuleType, x: Array) -> Array: ...

    @abstractmethod
    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array: ...

    def value(self, x: Array) -> Array:
        """f of every row, along the last axis."""
        xp, x = floating(x)
        if x.ndim == 0 or x.shape[-1] == 0:
            raise InputError(
                f"{self.name} needs rows with at least one column on its last axis; got an array of shape {x.shape}. "
                "Put the numbers of a row into a list."
            )
        return evaluate_rows(xp, self._value, x)

    def pullback(self, x: Array, y: Array, g: Array) -> Array:
        """gᵀ J: the gradient with respect to x, in the shape of x."""
        xp, x = floating(x)
        return evaluate_rows(xp, self._pullback, x, like(xp, x, y), like(xp, x, g))


class PiecewiseLinear(Elementwise):
    """Straight pieces: the second derivative is 0 wherever there is one."""

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return xp.where(xp.isnan(x), x, xp.zeros_like(x))


def one_pass(formula: Formula) -> Formula:
    """Marks a formula that is a single pass over its input: cutting that into blocks would only add a copy."""
    formula.one_pass = True  # pyright: ignore[reportFunctionMemberAccess]
    return formula


def where_true(xp: ModuleType, x: Array, condition: Array) -> Array:
    """1 where the condition on x holds, 0 where it does not, NaN where x is NaN.

    >>> x = np.array([-1.0, 2.0, np.nan])
    >>> where_true(np, x, x > 0)
    array([ 0.,  1., nan])
    """
    holds = number(xp, x, condition)
    if xp is np and not np.isnan(x).any():
        return holds
    return xp.where(xp.isnan(x), x, holds)


def number(xp: ModuleType, x: Array, condition: Array) -> Array:
    """1 where the condition holds and 0 elsewhere, in the type of x."""
    return xp.asarray(condition, dtype=x.dtype)


def positive(name: str, value: float) -> float:
    """`value` as a float, if it is a finite number above 0.

    >>> positive("alpha", 2)
    2.0
    """
    if not 0 < value < float("inf"):
        raise InputError(f"{name} must be a finite number above 0; got {value!r}. Use for instance {name}=1.")
    return float(value)


def number_of(name: str, value: float) -> float:
    """`value` as a float, if it is a finite number."""
    if not abs(value) < float("inf"):
        raise InputError(f"{name} must be a finite number; got {value!r}. Use for instance {name}=0.1.")
    return float(value)


def evaluate(xp: ModuleType, formula: Callable[..., Array], x: Array, *others: Array) -> Array:
    """formula(xp, x, *others) entry by entry, without warnings; large NumPy arrays go through it block by block.

    Blocks keep every temporary in the cache of a core: softplus of 1,000,000 float64 values takes 3.5 instead of
    4.1 ms, and a formula of five temporaries needs none of the input's size.
    """
    with np.errstate(all="ignore"):
        if xp is not np:
            return formula(xp, x, *others)
        if x.ndim == 0:
            return formula(np, x.reshape(1), *(other.reshape(1) for other in others))[0]
        if x.size <= BLOCK or getattr(formula, "one_pass", False):
            return formula(np, x, *others)
        flat = [np.ascontiguousarray(array).reshape(-1) for array in (x, *others)]
        return in_blocks(formula, flat, BLOCK).reshape(x.shape)


def evaluate_rows(xp: ModuleType, formula: Callable[..., Array], x: Array, *others: Array) -> Array:
    """The same for a formula of whole rows, whose answer may be narrower than x."""
    with np.errstate(all="ignore"):
        if xp is not np or x.size <= BLOCK or x.ndim == 1:
            return formula(xp, x, *others)
        rows = [np.ascontiguousarray(array).reshape(-1, array.shape[-1]) for array in (x, *others)]
        answer = in_blocks(formula, rows, max(1, BLOCK // x.shape[-1]))
        return answer.reshape(*x.shape[:-1], answer.shape[-1])


def in_blocks(formula: Callable[..., Array], arrays: Sequence[Array], size: int) -> Array:
    """formula(np, *arrays), `size` entries of their first axis at a time."""
    first = formula(np, *(array[:size] for array in arrays))
    answer = np.empty((len(arrays[0]), *first.shape[1:]), first.dtype)
    answer[:size] = first
    for start in range(size, len(answer), size):
        block = slice(start, start + size)
        answer[block] = formula(np, *(array[block] for array in arrays))
    return answer


def mild(xp: ModuleType, x: Array) -> bool:
    """Whether e^-x can be taken of every entry without overflow: then the way is free for a shorter formula.

    Asked of NumPy blocks only: elsewhere the question would wait for a device, or could not be traced.
    """
    return xp is np and bool(
        x.min(initial=0.0) > (-700 if x.dtype.itemsize >= 8 else -80 if x.dtype.itemsize == 4 else -9)
    )
