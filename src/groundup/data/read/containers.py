"""What did the user hand over? Arrays, lists and frames, told apart by what they can do, not by imports.

frame   the names and columns of pandas, polars and Arrow tables; None for all else
array   anything else as a NumPy array, not copied where that can be helped
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.read.numbers import place
from groundup.errors import InputError, InputTypeError, MissingExtraError


class Frame(NamedTuple):
    """A table: the names of its columns as they stand there (not always text), their types, and the columns."""

    source: Any
    names: list[Any]
    types: set[str]
    columns: Callable[[], list[Any]]


def frame(x: Any) -> Frame | None:
    """The columns of a pandas, polars or Arrow table; None where `x` is no table.

    >>> frame([[1.0, 2.0]]) is None
    True
    """
    if isinstance(x, np.ndarray | list | tuple):
        return None
    if hasattr(x, "iloc") and hasattr(x, "columns"):  # pandas; items() by place, for names may occur twice
        return Frame(x, list(x.columns), _types(x), lambda: [column for _, column in x.items()])
    if hasattr(x, "get_columns") and hasattr(x, "columns"):  # polars
        return Frame(x, list(x.columns), _types(x), x.get_columns)
    if hasattr(x, "column_names") and hasattr(x, "column"):  # Arrow
        return Frame(x, list(x.column_names), set(), lambda: [x.column(i) for i in range(len(x.column_names))])
    if hasattr(x, "__arrow_c_stream__") and not hasattr(x, "__array__"):
        return frame(_arrow(x))
    return None


def _types(x: Any) -> set[str]:
    return set(map(str, set(x.dtypes)))


def _arrow(x: Any) -> Any:
    try:
        import pyarrow  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise MissingExtraError("pyarrow", extra="io", purpose=f"tables such as {type(x).__name__}") from None
    return pyarrow.table(x)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def feature_names(x: Any) -> Array | None:
    """The names of the columns, if all of them are text: an array of objects, else None.

    Raises InputTypeError where some names are text and others are not, because nobody can say which were meant.
    """
    if isinstance(x, np.ndarray | list | tuple):
        return None
    table = frame(x)
    if table is None or not table.names:
        return None
    kinds = sorted({type(name).__name__ for name in table.names})
    if kinds == ["str"]:
        return np.array(table.names, dtype=object)
    if "str" in kinds:
        raise InputTypeError(
            "Feature names are only supported if all input features have string names, but your input has "
            f"{kinds} as feature name / column name types. Use X.columns = X.columns.astype(str)."
        )
    return None


def array(x: Any, what: str) -> Array:
    """`x` as a NumPy array of any type. Shares memory with `x` where it can.

    Raises InputTypeError for sparse matrices, queries not yet run, and arrays that NumPy cannot see; InputError for
    rows of unequal length and masked cells.
    """
    if isinstance(x, np.ma.MaskedArray):
        return _unmasked(cast(Any, x), what)
    if isinstance(x, np.ndarray):
        return np.asarray(cast(Any, x))
    if hasattr(x, "iloc"):  # pandas; what it lacks, it looks for slowly
        return np.asarray(x)
    _refuse_kinds(x, what)
    if hasattr(x, "detach"):  # PyTorch
        x = x.detach().cpu()
    elif type(x).__module__.partition(".")[0] == "cupy":
        x = x.get()
    try:
        cells = np.asarray(x)
    except (ValueError, TypeError, RuntimeError) as problem:
        _refuse_ragged(x, what)
        raise InputTypeError(
            f"{what} must be something NumPy can read; came {type(x).__name__}: {problem}. "
            "Convert it to an array first."
        ) from None
    return _as_written(x, cells) if isinstance(x, list | tuple) else cells


def _as_written(x: Any, cells: Array) -> Array:
    """Lists lose their types in NumPy: 1 beside "a" becomes "1", and 2**53 + 1 beside 0.5 is rounded. Keep them."""
    rounded = cells.dtype.kind == "f" and cells.size > 0 and bool((np.abs(cells) >= 2**53).any())
    return np.asarray(x, dtype=object) if rounded or cells.dtype.kind not in "biufcO" else cells


def _refuse_kinds(x: Any, what: str) -> None:
    kind = type(x).__name__
    if hasattr(x, "tocsr") and hasattr(x, "nnz"):
        raise InputTypeError(f"{what} must be dense; came a sparse {kind} of shape {x.shape}. Use {what}.toarray().")
    if hasattr(x, "collect") and not hasattr(x, "__array__"):
        raise InputTypeError(f"{what} must be rows that are there; came {kind}, a query not yet run. Use .collect().")


def _unmasked(x: Array, what: str) -> Array:
    mask = np.ma.getmaskarray(x)
    if mask.any():
        index = tuple(int(k) for k in np.unravel_index(int(np.argmax(mask)), mask.shape))
        raise InputError(
            f"{what} must have no missing values; {place(index)} is masked. Fill it in, or leave that row out."
        )
    return np.asarray(x.data)


def _refuse_ragged(x: Any, what: str) -> None:
    if not isinstance(x, list | tuple):
        return
    lengths = [len(row) if hasattr(row, "__len__") else 1 for row in cast(list[Any], x)]
    for i, length in enumerate(lengths):
        if length != lengths[0]:
            raise InputError(
                f"{what} must have rows of one length; row 0 has {lengths[0]} values and row {i} has {length}. "
                "Complete the shorter one."
            )
