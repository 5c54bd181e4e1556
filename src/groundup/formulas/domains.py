"""Which labels a loss is made for: a valid region that checks, explains and samples itself.

    Real           any finite number                            squared, absolute, Huber, ...
    NonNegative    0, 1, 2.5, ...                               Poisson, Tweedie
    Positive       0.1, 1, 2.5, ...                             gamma
    Binary         0 or 1                                       hinge, exponential, focal
    UnitInterval   0 to 1: a chance, or a soft label            logistic
    OneHot         rows with a single 1, otherwise 0            classes as rows
    Simplex        rows of chances that add up to 1             cross-entropy, KL divergence

`check(y)` hands the labels back as floating-point numbers, or says which entry is outside, where, and what to do.
`sample(rng, shape)` draws labels from the region, the edges included: the tests of every loss run on it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import ModuleType
from typing import ClassVar

import numpy as np

from groundup._arrays import Array, floating
from groundup.errors import InputError, InputTypeError


class Domain(ABC):
    """A region of labels. A new one writes `words`, `hint`, `_contains` and `sample`."""

    words: ClassVar[str] = ""
    """What a label must be: the end of the sentence that begins with 'y must be'."""
    hint: ClassVar[str] = ""
    """What to do with a label that is outside."""

    @abstractmethod
    def _contains(self, xp: ModuleType, y: Array) -> Array:
        """Entry by entry (or row by row, in the shape (rows, 1)): is it inside?"""

    @abstractmethod
    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Labels of this shape, drawn from the region and its edges."""

    def contains(self, y: Array) -> bool:
        """Whether every label is inside.

        >>> Positive().contains([1.0, 0.0])
        False
        """
        xp, y = floating(y)
        return bool(xp.all(self._contains(xp, y)))

    def check(self, y: Array, name: str = "y") -> Array:
        """The labels as floating-point numbers; an InputError names the first that is outside.

        >>> Binary().check([0, 1, 2])
        Traceback (most recent call last):
        groundup.errors.InputError: y must be 0 or 1; row 2 holds 2.0. Labels -1 and +1 become 0 and 1 by (y + 1) / 2.
        """
        try:
            xp, y = floating(y)
        except (TypeError, ValueError):
            raise InputTypeError(f"{name} must hold numbers; got {y!r:.80}. Turn text into numbers first.") from None
        inside = self._contains(xp, y)
        if not bool(xp.all(inside)):
            raise InputError(f"{name} must be {self.words}; {self._first_outside(xp, y, inside)}. {self.hint}")
        return y

    def _first_outside(self, xp: ModuleType, y: Array, inside: Array) -> str:
        first = int(xp.argmax(xp.astype(~xp.reshape(inside, (-1,)), xp.int8)))
        if inside.shape != y.shape:
            entries = xp.reshape(y, (-1, y.shape[-1]))[first, :]
            return f"row {first} holds [{', '.join(repr(float(entry)) for entry in entries[:10])}]"
        if y.ndim == 0:
            return f"got {float(y)!r}"
        row, column = divmod(first, y.shape[-1] if y.ndim > 1 else 1)
        where = f"row {row}, column {column}" if y.ndim > 1 and y.shape[-1] > 1 else f"row {row}"
        return f"{where} holds {float(xp.reshape(y, (-1,))[first])!r}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class Real(Domain):
    """Any finite number.

    >>> Real().contains([0.0, -1e300])
    True
    """

    words = "a finite number"
    hint = "Drop or fill rows without a label."

    def _contains(self, xp: ModuleType, y: Array) -> Array:
        return xp.isfinite(y)

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Normal, with heavy tails and some exact zeros."""
        return rng.normal(size=shape) * rng.choice([0.0, 1.0, 10.0], size=shape)


class NonNegative(Domain):
    """A finite number of at least 0: counts, amounts.

    >>> NonNegative().contains([0.0, 3.0])
    True
    """

    words = "at least 0"
    hint = "A count or an amount is never negative; for such labels take a squared loss."

    def _contains(self, xp: ModuleType, y: Array) -> Array:
        return (y >= 0) & xp.isfinite(y)

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Counts and amounts, about a third of them 0."""
        return rng.poisson(1.0, size=shape) * rng.choice([1.0, rng.gamma(2.0)], size=shape)


class Positive(Domain):
    """A finite number above 0: a duration, a price.

    >>> Positive().contains([1e-300, 3.0])
    True
    """

    words = "above 0"
    hint = "Where 0 occurs take poisson or Tweedie(1.5); for negative labels a squared loss."

    def _contains(self, xp: ModuleType, y: Array) -> Array:
        return (y > 0) & xp.isfinite(y)

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """From 0.001 to a few tens."""
        return 0.001 + rng.gamma(1.0, 3.0, size=shape)


class Binary(Domain):
    """0 or 1: two classes.

    >>> Binary().contains([0, 1, 1])
    True
    """

    words = "0 or 1"
    hint = "Labels -1 and +1 become 0 and 1 by (y + 1) / 2."

    def _contains(self, xp: ModuleType, y: Array) -> Array:
        return (y == 0) | (y == 1)

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Fair coins."""
        return rng.integers(0, 2, size=shape).astype(float)


class UnitInterval(Domain):
    """From 0 to 1: the chance of class 1; 0 and 1 themselves are certain.

    >>> UnitInterval().contains([0.0, 0.25, 1.0])
    True
    """

    words = "from 0 to 1"
    hint = "Labels -1 and +1 become 0 and 1 by (y + 1) / 2; for more than two classes use cross_entropy."

    def _contains(self, xp: ModuleType, y: Array) -> Array:
        return (y >= 0) & (y <= 1)

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Half of them 0 or 1, the others anywhere between."""
        soft = rng.uniform(size=shape)
        return np.where(rng.uniform(size=shape) < 0.5, np.round(soft), soft)


class Simplex(Domain):
    """Rows of shape (classes,) of chances that add up to 1, to a rounding error.

    >>> Simplex().contains([[0.25, 0.75], [1.0, 0.0]])
    True
    """

    words = "a row of chances, each at least 0 and together 1"
    hint = "Class numbers become such rows by one_hot(y)."

    def _contains(self, xp: ModuleType, y: Array) -> Array:
        if y.ndim == 0:
            return y != y
        # A row of n numbers rounded to eps each can miss 1 by n eps; four times as much is allowed.
        slack = 4 * y.shape[-1] * float(xp.finfo(y.dtype).eps)
        total = xp.sum(y, axis=-1, keepdims=True)
        return xp.all(y >= 0, axis=-1, keepdims=True) & (xp.abs(total - 1) <= slack)

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Half of the rows certain, the others anywhere."""
        soft = rng.dirichlet(np.ones(shape[-1]), size=shape[:-1])
        certain = rng.uniform(size=(*shape[:-1], 1)) < 0.5
        return np.where(certain, OneHot().sample(rng, shape), soft)


class OneHot(Domain):
    """Rows of shape (classes,) with a single 1 and otherwise 0.

    >>> OneHot().contains([[0, 1, 0], [1, 0, 0]])
    True
    """

    words = "a row with a single 1 and otherwise 0"
    hint = "Class numbers become such rows by one_hot(y)."

    def _contains(self, xp: ModuleType, y: Array) -> Array:
        if y.ndim == 0:
            return y != y
        single = xp.sum(y, axis=-1, keepdims=True) == 1
        return xp.all((y == 0) | (y == 1), axis=-1, keepdims=True) & single

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """A class at random for each row."""
        classes = rng.integers(0, shape[-1], size=shape[:-1])
        return np.eye(shape[-1])[classes]
