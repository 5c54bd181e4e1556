"""The parameters of a loss, checked when it is made."""

from __future__ import annotations

import math

from groundup.errors import InputError, InputTypeError


def number(
    name: str,
    value: float,
    *,
    above: float = -math.inf,
    least: float = -math.inf,
    below: float = math.inf,
    most: float = math.inf,
) -> float:
    """`value` as a float, strictly between `above` and `below` and from `least` to `most`, or an error that says so.

    >>> number("delta", -1, above=0)
    Traceback (most recent call last):
    groundup.errors.InputError: delta must be a finite number above 0; got -1. Choose one in that range.
    """
    try:
        given = float(value)
    except (TypeError, ValueError):
        raise InputTypeError(f"{name} must be a number; got {value!r}. Write it without quotes.") from None
    if above < given < below and least <= given <= most and math.isfinite(given):
        return given
    bounds = (("above", above), ("of at least", least), ("below", below), ("of at most", most))
    limits = " and ".join(f"{word} {limit:g}" for word, limit in bounds if math.isfinite(limit))
    raise InputError(f"{name} must be a finite number {limits}; got {value!r}. Choose one in that range.")
