"""The knobs of a training, checked once, with a sentence for each that is off."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable
from typing import Any, cast

import numpy as np

from groundup.errors import InputError, InputTypeError, UnknownNameError
from groundup.solve.lbfgs import LBFGS
from groundup.solve.loop import Method
from groundup.solve.methods import METHODS as RULES

METHODS: dict[str, type[Method]] = dict(sorted({**RULES, "lbfgs": LBFGS}.items()))
"""Every solver that is one step repeated: the update rules, and L-BFGS, whose step searches along a line."""


def whole_number(name: str, value: Any, *, hint: str) -> int:
    """A whole number of at least 1.

    >>> whole_number("epochs", 3, hint="")
    3
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise InputTypeError(f"{name} must be a whole number; got {value!r}. {hint}")
    if value < 1:
        raise InputError(f"{name} must be at least 1; got {value!r}. {hint}")
    return int(value)


def positive(name: str, value: Any, *, hint: str, zero: bool = False) -> float:
    """A finite number above 0 (or, with `zero`, at least 0).

    >>> positive("learning_rate", 0.1, hint="")
    0.1
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise InputTypeError(f"{name} must be a number; got {value!r}. {hint}")
    number = float(value)
    if not (math.isfinite(number) and (number > 0 or (zero and number == 0))):
        raise InputError(
            f"{name} must be a finite number {'of at least' if zero else 'above'} 0; got {value!r}. {hint}"
        )
    return number


def yes_or_no(name: str, value: Any) -> bool:
    """True or False, NumPy's too, and 1 or 0; any other text or object would count as True.

    >>> yes_or_no("shuffle", np.True_)
    True
    """
    plain: Any = getattr(value, "item", lambda: value)()  # of NumPy, or as it is
    if isinstance(plain, numbers.Integral) and int(plain) in (0, 1):
        return int(plain) == 1
    raise InputTypeError(f"{name} must be True or False; got {value!r}. Use {name}=True or {name}=False.")


def several(name: str, values: Any, *, hint: str) -> tuple[Any, ...]:
    """The values, if they are several: a list, a tuple, or whatever else can be gone through; text is one value.

    >>> several("listeners", [print], hint="")
    (<built-in function print>,)
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InputTypeError(f"{name} must be a list; got {values!r}. {hint}")
    return tuple(cast("Iterable[Any]", values))


def method(solver: str | Method) -> Method:
    """The method of that name; a Method is returned as it is."""
    if isinstance(solver, Method):
        return solver
    if solver not in METHODS:
        raise UnknownNameError("solver", solver, ["auto", "exact", *METHODS])
    return METHODS[solver]()


def generator(random_state: Any) -> np.random.Generator:
    """A generator of its own from a seed, a generator, or NumPy's older RandomState; None is fresh chance.

    >>> int(generator(0).integers(10))
    8
    """
    if isinstance(random_state, np.random.RandomState):
        return np.random.default_rng(random_state.randint(0, 2**31 - 1, size=4))
    if random_state is None or isinstance(random_state, np.random.Generator):
        return np.random.default_rng(random_state)
    if not isinstance(random_state, numbers.Integral):
        raise InputTypeError(
            f"random_state must be None, a whole number or a NumPy generator; got {random_state!r}. "
            "Use random_state=0 for a run that can be repeated."
        )
    seed = int(random_state)
    if seed < 0:
        raise InputError(f"random_state must be at least 0; got {random_state!r}. Use random_state=0.")
    return np.random.default_rng(seed)
