"""Rows for learning and rows for judging: a model must be judged on rows that it has not seen."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.data.read import as_labels
from groundup.errors import InputError, InputTypeError
from groundup.estimators.options import generator


def train_test_split(
    *arrays: Any,
    test_size: float | int | None = None,
    train_size: float | int | None = None,
    random_state: Any = None,
    shuffle: bool = True,
    stratify: Any = None,
) -> list[Any]:
    """train, test = the rows of each array in two parts; the rows of one index stay together.

    `arrays` are arrays, lists, pandas, polars or Arrow tables, sparse matrices, all of one length; each part is of the
    same kind. A size below 1 is a share, a whole number counts rows; by default a quarter is for the test. `shuffle`
    draws the rows by chance, repeatably with `random_state`; without it the test rows are the last ones. `stratify`
    holds a class for each row, and both parts keep the shares of the classes as nearly as whole rows allow.

    Raises InputError for lengths that differ, sizes that do not fit, and classes with a single row.

    >>> X, y = [[0], [1], [2], [3]], ["a", "b", "c", "d"]
    >>> train_test_split(X, y, test_size=1, shuffle=False)
    [[[0], [1], [2]], [[3]], ['a', 'b', 'c'], ['d']]
    >>> train, test = train_test_split(np.arange(8), random_state=0)
    >>> len(train), len(test)
    (6, 2)
    """
    n_rows = _common_length(arrays)
    n_train, n_test = _sizes(n_rows, train_size, test_size)
    if not shuffle:
        if stratify is not None:
            raise InputError("stratify draws rows by chance, so it needs shuffle=True; got shuffle=False. Drop one.")
        train, test = np.arange(n_train), np.arange(n_train, n_train + n_test)
    elif stratify is None:
        order = generator(random_state).permutation(n_rows)
        test, train = order[:n_test], order[n_test : n_test + n_train]
    else:
        train, test = _stratified(as_labels(stratify, n_rows), n_train, n_test, generator(random_state))
    return [take(x, rows) for x in arrays for rows in (train, test)]


def _common_length(arrays: tuple[Any, ...]) -> int:
    if not arrays:
        raise InputError("train_test_split needs at least one array; got none. Use train_test_split(X, y).")
    lengths = [_length(x) for x in arrays]
    for i, length in enumerate(lengths):
        if length != lengths[0]:
            raise InputError(
                f"All arrays must have the same number of rows; the first has {lengths[0]:,} and number {i + 1} has "
                f"{length:,}. Look for rows that were left out of only one of them."
            )
    return lengths[0]


def _length(x: Any) -> int:
    shape = getattr(x, "shape", None)
    if shape is not None and len(shape) > 0:
        return int(shape[0])
    try:
        return len(x)
    except TypeError:
        raise InputTypeError(
            f"train_test_split splits arrays, lists and tables; came {type(x).__name__}. Name sizes: test_size=0.2."
        ) from None


def _sizes(n_rows: int, train_size: Any, test_size: Any) -> tuple[int, int]:
    """How many rows each part gets; a share of the test is rounded up, one of the training down."""
    n_test = _count("test_size", test_size, n_rows, math.ceil)
    n_train = _count("train_size", train_size, n_rows, math.floor)
    if isinstance(train_size, float) and isinstance(test_size, float) and train_size + test_size > 1:
        raise InputError(
            f"train_size and test_size must be together at most 1; got {train_size!r} and {test_size!r}. "
            "Drop one of them."
        )
    if n_test is None:
        n_test = math.ceil(0.25 * n_rows) if n_train is None else n_rows - n_train
    if n_train is None:
        n_train = n_rows - n_test
    if n_train < 1 or n_test < 1 or n_train + n_test > n_rows:
        raise InputError(
            f"Both parts need at least one row and together at most all; of {n_rows:,} rows train_size={train_size!r} "
            f"and test_size={test_size!r} make {n_train:,} and {n_test:,}. Change a size, or bring more rows."
        )
    return n_train, n_test


def _count(name: str, size: Any, n_rows: int, rounded: Any) -> int | None:
    if size is None:
        return None
    if isinstance(size, Integral) and size is not True and 0 < int(size) < n_rows:
        return int(size)
    if isinstance(size, Real) and not isinstance(size, Integral) and 0 < float(size) < 1:
        return int(rounded(float(size) * n_rows))
    raise InputError(
        f"{name} must be a share between 0 and 1, or a whole number from 1 to {n_rows - 1:,}; got {size!r}. "
        f"Try {name}=0.25."
    )


def _stratified(labels: Array, n_train: int, n_test: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Indices for both parts, each class by its share."""
    classes, code, counts = np.unique(labels, return_inverse=True, return_counts=True)
    lonely = np.flatnonzero(counts < 2)
    if len(lonely):
        raise InputError(
            f"stratify needs at least two rows of each class; class {classes.tolist()[lonely[0]]!r} has "
            "one. Leave it out or join it with another."
        )
    if min(n_train, n_test) < len(classes):
        raise InputError(
            f"stratify needs a row of each of the {len(classes)} classes in both parts; they have {n_train:,} and "
            f"{n_test:,} rows. Make the smaller part larger."
        )
    for_train = _shares(counts, n_train)
    for_test = _shares(counts - for_train, n_test)
    order = rng.permutation(len(labels))
    by_class = order[np.argsort(code[order], kind="stable")]
    train: list[Array] = []
    test: list[Array] = []
    for rows, a, b in zip(np.split(by_class, np.cumsum(counts)[:-1]), for_train, for_test, strict=True):
        train.append(rows[:a])
        test.append(rows[a : a + b])
    return rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))


def _shares(counts: Array, total: int) -> Array:
    """`total` divided in the proportion of `counts`: rounded down, the rest to the largest remainders."""
    exact = counts * (total / counts.sum())
    shares = np.floor(exact).astype(np.int64)
    rest = np.argsort(shares - exact, kind="stable")[: total - int(shares.sum())]
    shares[rest] += 1
    return shares


def take(x: Any, rows: Array) -> Any:
    """The chosen rows of `x`, in a container of the same kind."""
    if isinstance(x, list | tuple):
        return [x[i] for i in rows]
    if hasattr(x, "iloc"):
        return x.iloc[rows]
    if type(x).__module__.startswith("pyarrow"):
        return x.take(rows)
    if hasattr(x, "tocsr"):
        return x.tocsr()[rows]
    return x[rows] if hasattr(x, "__getitem__") else np.asarray(x)[rows]
