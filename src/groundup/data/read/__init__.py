"""How rows come in: the only place that looks at what kind of thing the user handed over.

as_matrix       X, (rows, features), floating-point and finite
as_targets      y as numbers, (rows, outputs)
as_labels       y as classes, (rows,)
as_weights      sample_weight, (rows,) or None
read            all three as blocks
feature_names   the names of the columns, where they have names

Whatever cannot be used is refused in one sentence that says what came, in which row and column, and what to do.
Nothing that is handed over is changed, and float64 and float32 are not copied. Rows are counted from 0.
"""

from __future__ import annotations

import numbers as number_types
import warnings
from typing import Any, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.read.containers import Frame, array, feature_names, frame
from groundup.data.read.numbers import (
    FLOAT32,
    FLOAT64,
    Names,
    all_finite,
    floats,
    place,
    require_finite,
    require_finite_by,
)
from groundup.data.sparse import as_sparse_rows, is_sparse
from groundup.errors import DataConversionWarning, InputError, InputTypeError, twin

__all__ = [
    "all_finite",
    "as_labels",
    "as_matrix",
    "as_targets",
    "as_weights",
    "feature_names",
    "read",
    "require_finite",
    "require_finite_by",
]


def read(X: Any, y: Any, sample_weight: Any = None) -> ArrayBlocks:
    """The rows of X with their y and their weights, ready to be walked through.

    >>> read([[1, 2], [3, 4]], [True, False]).n_features
    2
    """
    matrix = as_matrix(X)
    n_rows = len(matrix)
    return ArrayBlocks(matrix, as_targets(y, n_rows)[0], as_weights(sample_weight, n_rows))


def as_matrix(X: Any, *, names: Names = None, what: str = "X", sparse: bool = False) -> Array:
    """X as an array (rows, features) of finite float64 or float32, at least one row and one column.

    `names` are the names of the columns for messages; a frame brings its own. With `sparse` a sparse matrix of SciPy
    becomes `SparseRows`, which answer all that a formula asks and are never made dense. Raises InputError for missing,
    infinite, or complex numbers and a wrong shape; InputTypeError for text, dates and, else, sparse matrices.

    >>> as_matrix([[1, 2], [3, 4]])
    array([[1., 2.],
           [3., 4.]])
    >>> as_matrix([[1.0, 2.0], [3.0, float("nan")]])
    Traceback (most recent call last):
    groundup.errors.InputError: X must hold finite numbers, no NaN and no inf; row 1, column 1 holds NaN (a missing
    value). Fill it in, or leave that row out.
    """
    if type(X) is np.ndarray and (X.dtype is FLOAT64 or X.dtype is FLOAT32) and X.ndim == 2 and X.size:
        if not all_finite(X):
            require_finite(X, what, names)
        return X
    if sparse and is_sparse(X):
        return as_sparse_rows(X, what)
    table = frame(X)
    if table is not None:
        names = table.names
        cells = _from_frame(table, what)
    else:
        cells = array(X, what)
        _require_matrix(cells, X, what)
        cells = floats(cells, what, names)
    require_finite(cells, what, names)
    return cells


def as_targets(y: Any, n_rows: int) -> tuple[Array, bool]:
    """y as an array (rows, outputs) of finite float64 or float32, and whether it had one dimension.

    >>> as_targets([1, 2, 3], 3)
    (array([[1.],
           [2.],
           [3.]]), True)
    """
    if y is None:
        raise InputError("This fit requires y to be passed, but the target y is None; give one number for each row.")
    table = frame(y)
    cells = array(y, "y") if table is None else _from_frame(table, "y")
    if cells.ndim not in (1, 2) or cells.shape[-1:] == (0,):
        raise InputError(
            f"y must be one number for each row, (rows,), or several, (rows, outputs); came {_shape(y, cells)}."
        )
    _require_rows(cells, n_rows, "y")
    cells = floats(cells, "y")
    require_finite(cells, "y", None if table is None else table.names)
    return (cells[:, None], True) if cells.ndim == 1 else (cells, False)


def as_labels(y: Any, n_rows: int) -> Array:
    """y as an array (rows,) of class labels: whole numbers, booleans or text, none of them missing.

    A column (rows, 1) is taken too, with scikit-learn's DataConversionWarning. Numbers with decimals are refused,
    because they are a measurement and not a class.

    >>> as_labels(["ham", "spam"], 2)
    array(['ham', 'spam'], dtype='<U4')
    """
    if y is None:
        raise InputError("This fit requires y to be passed, but the target y is None; give one class for each row.")
    labels = array(y, "y")
    if labels.ndim == 2 and labels.shape[1] == 1:
        warnings.warn(
            "A column-vector y was passed when a 1d array was expected; use y.ravel().",
            cast(type[Warning], twin(DataConversionWarning, "DataConversionWarning")),
            stacklevel=3,
        )
        labels = labels[:, 0]
    if labels.ndim != 1:
        raise InputError(f"y must be one class for each row, (rows,); came {_shape(y, labels)}.")
    _require_rows(labels, n_rows, "y")
    if labels.dtype.kind == "f":
        require_finite(labels, "y")
        parts = labels != np.floor(labels)
        if parts.any():
            raise InputError(
                f"Unknown label type: continuous. y must hold classes; row {int(np.argmax(parts))} holds "
                f"{labels[np.argmax(parts)]}. Use a regression for measurements, or name the classes."
            )
    _require_one_kind(labels)
    return np.asarray(labels.tolist()) if isinstance(y, list | tuple) else labels


def _require_one_kind(labels: Array) -> None:
    """All text or all numbers, and none of them missing."""
    if labels.dtype.kind == "c":
        raise InputError("Complex data not supported: y must hold classes.")
    if labels.dtype.kind != "O":
        return
    text = isinstance(labels[0], str)
    for i, label in enumerate(labels.tolist()):
        if label is None or type(label).__name__ in ("NAType", "NaTType") or label != label:
            raise InputError(f"y must have no missing values; row {i} holds {label} (NaN). Leave that row out.")
        if isinstance(label, float) and np.isinf(label):
            raise InputError(
                f"y must hold finite numbers, no NaN and no inf; row {i} holds {label}. Leave that row out."
            )
        if not isinstance(label, str | number_types.Number | np.bool_):
            raise InputTypeError(
                f"Unknown label type: y must hold classes, as text or numbers; row {i} holds {label!r}, a "
                f"{type(label).__name__}. Convert it by str(), or bytes by .decode()."
            )
        if isinstance(label, str) is not text:
            raise InputTypeError(
                f"Unknown label type: y must hold classes of one kind, all text or all numbers; row 0 holds "
                f"{labels[0]!r} and row {i} holds {label!r}. Convert them all by str()."
            )


def as_weights(sample_weight: Any, n_rows: int) -> Array | None:
    """How much each row counts, (rows,) of float64: finite, at least 0, not all 0. One number is that of every row.

    >>> as_weights(2, 3)
    array([2., 2., 2.])
    """
    if sample_weight is None:
        return None
    weights = array(sample_weight, "sample_weight")
    if weights.ndim == 0:
        weights = np.full(n_rows, weights)
    if weights.ndim != 1:
        raise InputError(
            f"sample_weight must be one number, or one for each row, (rows,); came {_shape(sample_weight, weights)}."
        )
    _require_rows(weights, n_rows, "sample_weight")
    weights = floats(weights, "sample_weight").astype(FLOAT64, copy=False)
    require_finite(weights, "sample_weight")
    if weights.min() < 0:
        row = int(np.argmax(weights < 0))
        raise InputError(f"sample_weight must be at least 0; row {row} holds {weights[row]}. Leave that row out.")
    if weights.max() == 0:
        raise InputError("sample_weight must give some row a weight above zero; all are zero. Use None for equal ones.")
    return weights


_PLAIN = ({"float64"}, {"float32"}, {"Float64"}, {"Float32"})
"""Types of columns that a frame hands over as one matrix: pandas' own from NumPy, and those of polars."""


def _from_frame(table: Frame, what: str) -> Array:
    """The numbers of a frame; not copied where pandas holds one matrix of float64 or float32."""
    shape = (len(table.source), len(table.names))
    if 0 in shape:
        _require_size(shape, what)
    if table.types in _PLAIN:
        matrix = table.source.to_numpy()
        if matrix.dtype is FLOAT64 or matrix.dtype is FLOAT32:
            return matrix
    columns = [array(column, what) for column in table.columns()]
    _refuse_text(columns, table.names, what)
    columns = [floats(column, what, table.names, i) for i, column in enumerate(columns)]
    matrix = np.empty(shape, np.result_type(*columns), order="F")
    for i, column in enumerate(columns):
        matrix[:, i] = column
    return matrix


def _refuse_text(columns: list[Array], names: list[Any], what: str) -> None:
    """One sentence that names all columns of text, not only the first."""
    text: list[tuple[int, int]] = []
    for i, column in enumerate(columns):
        if column.dtype.kind in "OUST":
            rows = (row for row, cell in enumerate(column.tolist()) if isinstance(cell, str | bytes))
            text.extend((row, i) for row in list(rows)[:1])
    if text:
        listed = ", ".join(repr(names[i]) for _, i in text[:10]) + (", ..." if len(text) > 10 else "")
        row, column = text[0]
        raise InputTypeError(
            f"{what} must hold numbers; text stands in the column{'s' if len(text) > 1 else ''} {listed}: "
            f"{place((row, column), names)} holds {columns[column][row]!r}. Leave them out, or make them numbers: "
            "float(...) for digits, a column of 0 and 1 for each category."
        )


def _require_matrix(cells: Array, X: Any, what: str) -> None:
    if cells.ndim == 2:
        return _require_size(cells.shape, what)
    if cells.ndim == 1 and len(cells) == 0:
        return _require_size((0, 0), what)
    if cells.ndim == 1:
        how = f"{what}.to_frame()" if hasattr(X, "to_frame") else f"{what}.reshape(-1, 1)"
        raise InputError(
            f"{what} must have two dimensions, rows and columns; came one, of shape {cells.shape}. "
            f"Reshape your data: {how} for one feature, or [{what}] for one row."
        )
    if cells.ndim == 0:
        raise InputError(
            f"{what} must be a table of rows and columns; came a single {type(X).__name__}. Reshape your data: "
            f"[[{what}]] is one row of one feature."
        )
    raise InputError(
        f"{what} must have two dimensions, rows and columns; came {cells.ndim}, of shape {cells.shape}. "
        f"Reshape your data: {what}.reshape(len({what}), -1) makes one row of each entry."
    )


def _require_size(shape: tuple[int, ...], what: str) -> None:
    for count, kind in zip(shape, ("sample", "feature"), strict=True):
        if count == 0:
            raise InputError(
                f"{what} has 0 {kind}(s) (shape={shape}) while a minimum of 1 is required. "
                f"Look at the step that made {what}: it kept no {'rows' if kind == 'sample' else 'columns'}."
            )


def _require_rows(cells: Array, n_rows: int, what: str) -> None:
    if len(cells) != n_rows:
        raise InputError(
            f"{what} must have one entry for each row of X; X has {n_rows:,} rows and {what} has {len(cells):,}. "
            "Look for rows that were left out of only one of them."
        )


def _shape(x: Any, cells: Array) -> str:
    return f"a single {type(x).__name__}" if cells.ndim == 0 else f"the shape {cells.shape}"
