"""Cells to floating-point numbers, exactly or not at all; and where the first bad cell is.

What is float64 or float32 already is returned as it is. Whole numbers, booleans, half floats and foreign byte orders
are converted without a change of value. Text, dates and complex numbers are refused, and so is a whole number that no
float64 equals, because an identifier that has silently become its neighbour is worse than an error.

Rows and columns are counted from 0.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from numbers import Integral
from typing import Any, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.parallel import parallel_reduce
from groundup.errors import InputError, InputTypeError

Names = Sequence[str] | Array | None
"""The names of the columns, for the messages."""

FLOAT64, FLOAT32 = np.dtype(np.float64), np.dtype(np.float32)

_EXACT = 2**53
"""Up to here every whole number is a float64."""

_CELLS_AT_ONCE = 1 << 20
"""The finite check looks at so many cells at a time: its answers stay in the cache."""

_OTHER_KINDS = {
    "M": ("dates", "Turn them into numbers first, such as days since the first one."),
    "m": ("durations", "Turn them into numbers first, such as x / np.timedelta64(1, 'h') for hours."),
    "V": ("a structured array", "Take its fields as columns, as by numpy.lib.recfunctions.structured_to_unstructured."),
}


def place(index: tuple[int, ...], names: Names = None) -> str:
    """Where a cell is, in words.

    >>> place((3, 1), ["weight", "age"])
    "row 3, column 1 ('age')"
    """
    if len(index) < 2:
        return f"row {index[0]}" if index else "it"
    named = f" ({str(names[index[1]])!r})" if names is not None and index[1] < len(names) else ""
    return f"row {index[0]}, column {index[1]}{named}"


def floats(cells: Array, what: str, names: Names = None, column: int | None = None) -> Array:
    """The NumPy array `cells` as float64 or float32, of the same values and the same shape.

    With `column`, the cells are that one column of a larger table, and messages say so. Raises InputTypeError for text
    and other things that are no numbers, InputError for missing ones, complex ones, and those float64 cannot hold.
    """
    dtype = cells.dtype
    if dtype is FLOAT64 or dtype is FLOAT32:
        return cells
    if dtype.kind in "bf" and dtype.itemsize <= 8:
        return cells.astype(FLOAT32 if dtype.itemsize == 4 else FLOAT64)
    if dtype.kind in "iuf":
        return _exactly(cells, what, names, column)
    if dtype.kind == "c":
        raise InputError(f"Complex data not supported: {what} must hold real numbers; give .real and .imag as columns.")
    if dtype.kind in _OTHER_KINDS:
        came, advice = _OTHER_KINDS[dtype.kind]
        where = "" if column is None else f" in {place((0, column), names).partition(', ')[2]}"
        raise InputTypeError(f"{what} must hold numbers; came {came}{where}. {advice}")
    return _from_objects(cells.astype(object), what, names, column)


def _exactly(cells: Array, what: str, names: Names, column: int | None) -> Array:
    """Whole numbers or long floats as float64, none of them changed."""
    with np.errstate(over="ignore"):
        values = cells.astype(FLOAT64)
    if cells.dtype.kind == "f":
        changed = np.isfinite(cells) & (values.astype(cells.dtype) != cells)
    elif cells.dtype.itemsize < 8 or not cells.size or -_EXACT <= cells.min() <= cells.max() <= _EXACT:
        return values
    else:
        changed = values.astype(object) != cells.astype(object)  # Python compares an int with a float exactly
    if changed.any():
        _refuse_rounding(cells, _first(changed), what, names, column)
    return values


def _refuse_rounding(cells: Array, index: tuple[int, ...], what: str, names: Names, column: int | None) -> None:
    raise InputError(
        f"{what} must hold numbers that float64 holds exactly; {place(_whole(index, column), names)} holds "
        f"{_digits(cells[index])}, and the nearest float64 is another number. Leave the column out if it is an "
        "identifier, or subtract an offset, or convert it yourself where rounding does no harm."
    )


def _digits(value: Any) -> str:
    return str(value) if abs(value) < 2**100 else f"a whole number of {int(value).bit_length()} bits"


def _from_objects(cells: Array, what: str, names: Names, column: int | None) -> Array:
    """Python's numbers as float64; anything else is refused at its place."""

    def index(i: int) -> tuple[int, ...]:
        return tuple(int(k) for k in np.unravel_index(i, cells.shape))

    flat: list[Any] = cells.ravel().tolist()
    if set(map(type, flat)) <= {float, int, bool} and all(-_EXACT <= v <= _EXACT for v in flat if type(v) is int):
        return np.array(flat, FLOAT64).reshape(cells.shape)
    values = cast(Array, np.empty(len(flat)))
    for i, value in enumerate(flat):
        try:
            if isinstance(value, str | bytes | complex):
                raise TypeError
            values[i] = float(value)
        except OverflowError:
            values[i] = math.inf
        except (TypeError, ValueError) as problem:
            _refuse_object(value, problem, what, place(_whole(index(i), column), names))
        if isinstance(value, Integral) and abs(int(value)) > _EXACT and float(values[i]) != int(value):
            _refuse_rounding(cells, index(i), what, names, column)
    return values.reshape(cells.shape)


def _refuse_object(value: Any, problem: Exception, what: str, where: str) -> None:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        raise InputError(
            f"{what} must have no missing values; {where} holds {value} (NaN). Fill it in, or leave that row out."
        )
    if isinstance(value, str | bytes):
        raise InputTypeError(
            f"{what} must hold numbers; {where} holds the text {value!r}. Convert it first: float(...) for digits, "
            "a column of 0 and 1 for each category."
        )
    if isinstance(value, complex):
        raise InputError(
            f"Complex data not supported: {what} must hold real numbers; {where} holds {value!r}. "
            "Give .real and .imag as columns."
        )
    raise InputTypeError(f"{what} must hold numbers; {where} holds {value!r}: {problem}. Convert it first.")


def all_finite(cells: Array) -> bool:
    """Whether no cell is NaN or infinite. No sum is taken, so nothing overflows and nothing warns.

    >>> all_finite(np.full((2, 2), 1e308))
    True
    """
    if cells.size <= _CELLS_AT_ONCE:
        return _count_of_finite(cells) == cells.size
    step = max(1, _CELLS_AT_ONCE * len(cells) // cells.size)
    parts = (cells[start : start + step] for start in range(0, len(cells), step))
    return parallel_reduce(parts, _count_of_finite, operator.add) == cells.size


def _count_of_finite(cells: Array) -> int:
    return int(np.count_nonzero(np.isfinite(cells)))


def require_finite(cells: Array, what: str, names: Names = None) -> None:
    """Return if every cell is finite; else raise InputError, which names the first one that is not."""
    if all_finite(cells):
        return
    bad = ~np.isfinite(cells)
    index, count = _first(bad), int(np.count_nonzero(bad))
    value = "NaN (a missing value)" if np.isnan(cells[index]) else str(float(cells[index]))
    others = f" ({count - 1:,} more like it)" if count > 1 else ""
    raise InputError(
        f"{what} must hold finite numbers, no NaN and no inf; {place(index, names)} holds {value}{others}. "
        "Fill it in, or leave that row out."
    )


def require_finite_by(sums: Array, cells: Array, what: str, names: Names = None) -> None:
    """`require_finite` without a look at the cells where `sums` are finite, of which every cell was a term of one.

    A sum that NaN or infinity went into is not finite again, and neither is infinity times 0. Finite cells can overflow
    as well, so where the sums are not finite the cells are looked at, and nothing is raised if all of them are.

    >>> X = np.array([[1e200, 1.0], [2.0, np.nan]])
    >>> require_finite_by(X.T @ np.ones(2), X, "X")
    Traceback (most recent call last):
    ...
    groundup.errors.InputError: X must hold finite numbers, no NaN and no inf; row 1, column 1 holds NaN (a missing \
value). Fill it in, or leave that row out.
    """
    if np.count_nonzero(np.isfinite(sums)) != sums.size:
        require_finite(cells, what, names)


def _first(mask: Array) -> tuple[int, ...]:
    return tuple(int(k) for k in np.unravel_index(int(np.argmax(mask)), mask.shape))


def _whole(index: tuple[int, ...], column: int | None) -> tuple[int, ...]:
    return index if column is None else (index[0], column)
