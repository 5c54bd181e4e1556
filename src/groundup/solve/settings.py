"""The numbers that a method or a schedule is built with, checked once, with a sentence for each that is off."""

from __future__ import annotations

import math
import numbers

from groundup.errors import InputError, InputTypeError


def fraction(name: str, value: float) -> None:
    """At least 0 and below 1.

    >>> fraction("momentum", 1.5)
    Traceback (most recent call last):
    groundup.errors.InputError: momentum must be at least 0 and below 1; got 1.5. Use for instance momentum=0.9.
    """
    if not 0 <= number(name, value) < 1:
        raise InputError(f"{name} must be at least 0 and below 1; got {value!r}. Use for instance {name}=0.9.")


def positive(name: str, value: float, *, example: float, zero: bool = False) -> None:
    """A finite number above 0 (or, with `zero`, at least 0)."""
    given = number(name, value)
    if not (math.isfinite(given) and (given > 0 or (zero and given == 0))):
        raise InputError(
            f"{name} must be a finite number {'of at least' if zero else 'above'} 0; got {value!r}. "
            f"Use for instance {name}={example:g}."
        )


def whole(name: str, value: int, *, example: int) -> None:
    """A whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputTypeError(f"{name} must be a whole number; got {value!r}. Use for instance {name}={example}.")
    if value < 1:
        raise InputError(f"{name} must be at least 1; got {value!r}. Use for instance {name}={example}.")


def number(name: str, value: float) -> float:
    """`value` as a float, if it is a real number."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputTypeError(f"{name} must be a number; got {value!r}. Give an int or a float.")
    return float(value)
