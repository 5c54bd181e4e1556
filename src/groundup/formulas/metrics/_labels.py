"""Labels of any kind (text, booleans, whole numbers) as places 0, 1, 2, ... in a sorted list, and counts of pairs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, InputTypeError
from groundup.formulas.metrics._check import column, same_rows, to_numpy, weights

Numbers = np.ndarray[Any, Any]


class Pairs(NamedTuple):
    """The labels in order, the place of each row's label and of its prediction in them, the weights of the rows.

    The place len(labels) stands for every label that was not asked for.
    """

    labels: Numbers
    y: Numbers
    prediction: Numbers
    weight: Numbers
    present: Numbers
    weighted: bool


def label_column(name: str, x: Array) -> Numbers:
    """`x` as a NumPy column of labels; NaN, None and numbers with a fraction are no labels."""
    x = column(name, to_numpy(x))
    if x.dtype.kind == "O":
        x = _plain(name, x)
    if x.dtype.kind not in "biufUSTO":
        raise InputTypeError(
            f"{name} must be labels: text, booleans or whole numbers; came {x.dtype}. Convert it first."
        )
    if x.dtype.kind == "f" and bool(np.any(strange := ~np.isfinite(x) | (np.trunc(x) != x))):
        row = int(np.argmax(strange))
        raise InputError(
            f"{name} must be labels: text, booleans or whole numbers; row {row} holds {x[row]}. "
            "Cut scores at a threshold first, and remove rows without a label."
        )
    return x


def _plain(name: str, x: Numbers) -> Numbers:
    """Objects as text or numbers where all of them are; a missing label is an error."""
    objects: list[Any] = x.tolist()
    for row, label in enumerate(objects):
        if label is None or type(label).__name__ == "NAType" or label != label:
            raise InputError(f"{name} must have a label in each row; row {row} holds {label!r}. Remove such rows.")
    kinds: set[type[Any]] = {type(label) for label in objects}
    text, truth = {kind for kind in kinds if issubclass(kind, str)}, kinds & {bool, np.bool_}
    if text and text != kinds:
        raise InputTypeError(
            f"{name} must hold labels of one kind; came {', '.join(sorted(kind.__name__ for kind in kinds))}. "
            "Make all of them text, or all of them numbers."
        )
    if text == kinds or truth == kinds or all(issubclass(kind, int | float | np.number) for kind in kinds - truth):
        return np.asarray(objects)
    return x


def _joined(y: Numbers, prediction: Numbers) -> Numbers:
    text = [x.dtype.kind in "UT" for x in (y, prediction)]
    if text[0] != text[1] or (y.dtype.kind == "S") != (prediction.dtype.kind == "S"):
        raise InputTypeError(
            f"y and prediction must hold labels of one kind; came {y.dtype} and {prediction.dtype}. "
            "Make both text, or both numbers."
        )
    whole = y.dtype.kind in "iu" and prediction.dtype.kind in "iu"
    if whole and np.result_type(y, prediction).kind == "f":
        # int64 beside uint64 would meet in float64, where large labels run into each other.
        return np.concatenate([y.astype(object), prediction.astype(object)])
    return np.concatenate([y, prediction])


def pairs(y: Array, prediction: Array, sample_weight: Array | None, labels: Array | None = None) -> Pairs:
    """Check labels and predictions against each other and give each its place in the sorted (or asked) labels."""
    y, prediction = label_column("y", y), label_column("prediction", prediction)
    same_rows(y=len(y), prediction=len(prediction))
    weight = weights(np, np.empty(0), sample_weight, len(y))
    present, codes = np.unique(_joined(y, prediction), return_inverse=True)
    asked = present
    if labels is not None:
        asked = chosen(labels)
        codes = places(asked, present)[codes]
        if np.all(codes[: len(y)] == len(asked)):
            raise InputError(
                f"labels must hold at least one label of y; came {asked.tolist()}, and y holds "
                f"{np.unique(y)[:5].tolist()}. Leave labels out to use all that are there."
            )
    return Pairs(asked, codes[: len(y)], codes[len(y) :], weight, present, sample_weight is not None)


def chosen(labels: Array) -> Numbers:
    """Labels that somebody asked for: at least one, and none twice."""
    labels = label_column("labels", labels)
    if len(labels) == 0 or len(np.unique(labels)) < len(labels):
        raise InputError(f"labels must be at least one label, each once; came {labels.tolist()}. List each class once.")
    return labels


def places(labels: Numbers, values: Numbers) -> Numbers:
    """The place of each value in `labels`; len(labels) where it is not there."""
    index = {label: place for place, label in enumerate(labels.tolist())}
    present, codes = np.unique(values, return_inverse=True)
    return np.array([index.get(value, len(labels)) for value in present.tolist()], dtype=np.int64)[codes]


def class_places(name: str, columns: int, y: Numbers, labels: Array | None) -> tuple[Numbers, Numbers]:
    """The labels that the columns of `name` stand for, and the column of each row's label."""
    known = np.unique(y) if labels is None else chosen(labels)
    if len(known) != columns:
        raise InputError(
            f"{name} must have one column for each class; it has {columns} for {len(known)} classes "
            f"{known[:5].tolist()}. Pass labels= with every class, in the order of the columns."
        )
    place = places(known, y)
    if np.any(place == columns):
        row = int(np.argmax(place == columns))
        raise InputError(
            f"y must hold labels in {known[:5].tolist()}; row {row} holds {y.tolist()[row]!r}. Add it to labels."
        )
    return known, place


def yes_rows(y: Numbers, positive: object) -> Numbers:
    """Which rows hold the label that counts as 'yes'; see `positive_label`."""
    present, codes = np.unique(y, return_inverse=True)
    label = positive_label(present, positive)
    return np.array([value == label for value in present.tolist()], dtype=np.bool_)[codes]


def positive_label(present: Numbers, positive: object) -> object:
    """The label that counts as 'yes': the one asked for, else 1 among 0/1 and -1/1, else the later of two labels.

    The later label is that of the last column of `predict_proba`.
    """
    known = present.tolist()
    if positive is not None:
        if positive not in known and len(known) >= 2:
            raise InputError(f"positive must be one of the labels {known[:5]}; came {positive!r}. Pass positive=label.")
        return positive
    if len(known) > 2:
        raise InputError(
            f"Two labels were expected; came {len(known)}: {known[:5]}. Pass positive=label for one of them."
        )
    if set(known) <= {0, 1} or set(known) <= {-1, 1}:
        return 1
    if len(known) == 2:
        return known[1]
    raise InputError(f"y holds only the label {known[0]!r}, which may be yes or no. Pass positive=label.")


def matrix_of(given: Pairs) -> Numbers:
    """The weight of each pair (label, prediction); rows with a label that was not asked for are left out."""
    k = len(given.labels)
    inside = (given.y < k) & (given.prediction < k)
    cells = given.y[inside] * k + given.prediction[inside]
    counts = np.bincount(cells, weights=given.weight[inside] if given.weighted else None, minlength=k * k)
    return counts.reshape(k, k)
