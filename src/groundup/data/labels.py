"""Class labels of any type, and the numbers that stand for them.

encode          labels -> the sorted classes, and for each row the place of its class
one_hot         places -> a row with a 1 at the class
as_indicator    several labels a row: a column of 0 and 1 for each
class_weights   how much a row of each class counts

>>> encode(np.array(["spam", "ham", "spam"]))
Labels(classes=array(['ham', 'spam'], dtype='<U4'), codes=array([1, 0, 1]))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.read import as_targets
from groundup.errors import InputError, UnknownNameError

MOST_COUNTED = 10_000
"""Whole numbers in so wide a range are counted, not sorted."""
ROWS_AT_ONCE = 1 << 16


class Labels(NamedTuple):
    """The classes, sorted, and the place of each row's class among them."""

    classes: Array
    codes: Array


def encode(labels: Array, classes: Array | None = None) -> Labels:
    """The classes of `labels` (rows,), or those given, and the place of each label among them.

    Raises InputError, with the row, for a label that is not among the given classes.
    """
    if classes is None:
        near = _whole_numbers(labels)
        if near is not None:
            return near
        found, codes = np.unique(labels, return_inverse=True)
        return Labels(found, codes.ravel())
    known = np.unique(classes)
    place = {label: i for i, label in enumerate(known.tolist())}
    codes = np.array([place.get(label, -1) for label in labels.tolist()])
    if len(codes) and codes.min() < 0:
        row = int(np.argmin(codes))
        raise InputError(
            f"y must hold the classes {_listed(known)}; row {row} holds {labels[row]!r}. "
            "Name every class in `classes` before the first rows come in."
        )
    return Labels(known, codes)


def _whole_numbers(labels: Array) -> Labels | None:
    """By counting, where labels are truths or whole numbers close to each other: no sort, and a byte or two a row."""
    if labels.dtype.kind not in "biu" or len(labels) == 0:
        return None
    if labels.dtype == bool and labels.flags.c_contiguous and labels.any() and not labels.all():
        return Labels(np.array([False, True]), labels.view(np.uint8))  # they are their own codes
    low = labels.min()
    span = int(labels.max()) - int(low)
    if span > min(len(labels), MOST_COUNTED):
        return None
    held = np.zeros(span + 1, dtype=np.intp)
    codes = np.empty(len(labels), dtype=np.uint8 if span < 256 else np.uint16)
    for start in range(0, len(labels), ROWS_AT_ONCE):
        some = labels[start : start + ROWS_AT_ONCE]
        # Unsigned numbers may be too large for a signed one; the others' difference may be.
        places = (some - low).astype(np.intp) if labels.dtype.kind == "u" else some.astype(np.intp) - int(low)
        codes[start : start + ROWS_AT_ONCE] = places
        held += np.bincount(places, minlength=span + 1)
    # A whole number that has no room is right again after the way back: -128 + 255 is 127 in int8 too.
    classes = np.flatnonzero(held).astype(labels.dtype) + low
    return Labels(classes, codes if held.all() else (np.cumsum(held > 0) - 1).astype(codes.dtype)[codes])


def one_hot(codes: Array, n_classes: int) -> Array:
    """(rows, classes): 1 at the class of the row, 0 elsewhere.

    >>> one_hot(np.array([0, 2]), 3)
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    return (codes[:, None] == np.arange(n_classes)).astype(float)


def as_indicator(y: Any, n_rows: int) -> Array:
    """y (rows, labels) of 0 and 1, one column for each label that a row may carry.

    Raises InputError, with row and column, for anything but 0 and 1.

    >>> as_indicator([[1, 0], [True, True]], 2)
    array([[1., 0.],
           [1., 1.]])
    """
    cells = as_targets(y, n_rows)[0].astype(float)
    wrong = (cells != 0) & (cells != 1)
    if wrong.any():
        row, column = (int(i) for i in np.argwhere(wrong)[0])
        raise InputError(
            f"y with several columns must hold 0 and 1, a column for each label that a row may carry; row {row}, "
            f"column {column} holds {cells[row, column]:g}. Give one column (rows,) if each row has exactly one class."
        )
    return cells


def class_weights(class_weight: Any, labels: Labels, sample_weight: Array | None = None) -> Array:
    """(classes,): the factor on the weight of every row of a class.

    None: 1 for all.  "balanced": Σ w / (classes x Σ w of the class), so that all classes weigh the same.
    A mapping {class: weight}: classes that it does not name have 1.

    Raises InputError for weights that are negative or not finite and for classes that are not there.

    >>> class_weights("balanced", encode(np.array([0, 0, 0, 1])))
    array([0.66666667, 2.        ])
    """
    classes, codes = labels
    if class_weight is None:
        return np.ones(len(classes))
    if isinstance(class_weight, str):
        if class_weight != "balanced":
            raise UnknownNameError("class_weight", class_weight, ["balanced"])
        held = np.bincount(codes, sample_weight, minlength=len(classes))
        factors = np.ones(len(classes))
        present = held > 0
        factors[present] = held.sum() / (present.sum() * held[present])
        return factors
    if not isinstance(class_weight, Mapping):
        raise InputError(
            f"class_weight must be None, 'balanced' or a mapping from class to weight; got {class_weight!r}. "
            "Write for instance class_weight={'spam': 2.0}."
        )
    return _from_mapping(cast(Mapping[Any, Any], class_weight), classes)


def _from_mapping(given: Mapping[Any, Any], classes: Array) -> Array:
    known = classes.tolist()
    unknown = [name for name in given if name not in known]
    if unknown:
        raise InputError(
            f"The classes, {unknown}, are not in class_weight's data: y holds {_listed(classes)}. Name only those."
        )
    factors = np.array([float(given.get(name, 1.0)) for name in known])
    if not (np.isfinite(factors).all() and (factors >= 0).all() and factors.max() > 0):
        raise InputError(
            f"class_weight must be finite, at least 0 and not all 0; got {dict(given)!r}. Use 1 for 'as it is'."
        )
    return factors


def _listed(classes: Array) -> str:
    names = [repr(name) for name in classes.tolist()]
    return ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
