"""Of those found, how many are right; of those that are right, how many were found: precision, recall and their kin.

For one label, with the others as 'no':

                      predicted yes     predicted no
    truly yes         tp                fn                recall      = tp / (tp + fn)
    truly no          fp                tn                specificity = tn / (tn + fp)

                      precision = tp / (tp + fp)

`average` makes one number of many labels:
    "binary"     the label `positive` alone, for at most two labels (the default)
    "micro"      tp, fp, fn, tn summed over the labels first
    "macro"      the mean over the labels
    "weighted"   the mean over the labels, weighted by how often each is true
    None         an array, one number a label
`labels` chooses the labels and their order (not with "binary"). 0/0 counts as `zero_division`: 0.0 with a warning by
default, 0.0, 1.0 or nan without one; nan is left out of a mean.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.metrics._check import one_of, undefined
from groundup.formulas.metrics._labels import Numbers, pairs, positive_label

Average = Literal["binary", "micro", "macro", "weighted"] | None
ZeroDivision = float | str


class Hits(NamedTuple):
    """For each label: rows that are right and found, rows found, rows right, and the weight of all rows."""

    right_and_found: Numbers
    found: Numbers
    right: Numbers
    total: float


@np.errstate(all="ignore")
def precision(
    y: Array,
    prediction: Array,
    *,
    average: Average = "binary",
    positive: object = 1,
    labels: Array | None = None,
    sample_weight: Array | None = None,
    zero_division: ZeroDivision = "warn",
) -> float | Numbers:
    """tp / (tp + fp): of the rows that were found, the share that is right.

    0/0, where nothing was found, is `zero_division`. Raises InputError for rows that do not match, a missing label, an
    unknown `positive`, or more than two labels with average="binary".

    >>> precision([1, 1, 0, 0], [1, 0, 1, 1])
    0.3333333333333333

    Van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    hits = _hits(y, prediction, average, positive, labels, sample_weight)
    return _averaged(hits, hits.right_and_found, hits.found, average, zero_division, "precision")


@np.errstate(all="ignore")
def recall(
    y: Array,
    prediction: Array,
    *,
    average: Average = "binary",
    positive: object = 1,
    labels: Array | None = None,
    sample_weight: Array | None = None,
    zero_division: ZeroDivision = "warn",
) -> float | Numbers:
    """tp / (tp + fn): of the rows that are right, the share that was found.

    0/0, where nothing is right, is `zero_division`. Raises InputError as `precision` does.

    >>> recall([1, 1, 0, 0], [1, 0, 1, 1])
    0.5

    Van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    hits = _hits(y, prediction, average, positive, labels, sample_weight)
    return _averaged(hits, hits.right_and_found, hits.right, average, zero_division, "recall")


@np.errstate(all="ignore")
def specificity(
    y: Array,
    prediction: Array,
    *,
    average: Average = "binary",
    positive: object = 1,
    labels: Array | None = None,
    sample_weight: Array | None = None,
    zero_division: ZeroDivision = "warn",
) -> float | Numbers:
    """tn / (tn + fp): of the rows that are not `positive`, the share that was left alone. Recall of the other label.

    0/0, where every row is right, is `zero_division`. Raises InputError as `precision` does.

    >>> specificity([1, 0, 0, 0], [1, 1, 0, 0])
    0.6666666666666666

    Yerushalmy, Statistical problems in assessing methods of medical diagnosis (1947).
    """
    hits = _hits(y, prediction, average, positive, labels, sample_weight)
    wrong = hits.total - hits.right
    return _averaged(hits, wrong - (hits.found - hits.right_and_found), wrong, average, zero_division, "specificity")


@np.errstate(all="ignore")
def f1(
    y: Array,
    prediction: Array,
    *,
    average: Average = "binary",
    positive: object = 1,
    labels: Array | None = None,
    sample_weight: Array | None = None,
    zero_division: ZeroDivision = "warn",
) -> float | Numbers:
    """2 tp / (2 tp + fp + fn): the harmonic mean of precision and recall.

    0/0, where nothing is right and nothing was found, is `zero_division`. Raises InputError as `precision` does.

    >>> f1([1, 1, 0, 0], [1, 0, 1, 1])
    0.4

    Dice, Measures of the amount of ecologic association, Ecology 26 (1945); van Rijsbergen (1979).
    """
    hits = _hits(y, prediction, average, positive, labels, sample_weight)
    return _averaged(hits, 2 * hits.right_and_found, hits.right + hits.found, average, zero_division, "F1")


@np.errstate(all="ignore")
def f_beta(
    y: Array,
    prediction: Array,
    beta: float,
    *,
    average: Average = "binary",
    positive: object = 1,
    labels: Array | None = None,
    sample_weight: Array | None = None,
    zero_division: ZeroDivision = "warn",
) -> float | Numbers:
    """(1 + β²) tp / ((1 + β²) tp + β² fn + fp): recall counts β times as much as precision.

    beta = 0 is precision, 1 is F1, infinity is recall. 0/0 is `zero_division`. Raises InputError as `precision` does,
    and for a negative beta.

    >>> f_beta([1, 1, 0, 0], [1, 0, 1, 1], beta=2)
    0.45454545454545453

    Van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    if not beta >= 0:
        raise InputError(f"beta must be at least 0; came {beta!r}. Use 2 where recall matters more, 0.5 where less.")
    hits = _hits(y, prediction, average, positive, labels, sample_weight)
    # Divided by 1 + β², so that an infinite beta needs no rule of its own.
    share = 1.0 if math.isinf(beta * beta) else beta * beta / (1 + beta * beta)
    whole = share * hits.right + (1 - share) * hits.found
    return _averaged(hits, hits.right_and_found, whole, average, zero_division, "F-beta")


def _hits(
    y: Array, prediction: Array, average: Average, positive: object, labels: Array | None, sample_weight: Array | None
) -> Hits:
    one_of("average", average, "binary", "micro", "macro", "weighted", None)
    given = pairs(y, prediction, sample_weight, None if average == "binary" else labels)
    if average == "binary":
        if len(given.present) > 2:
            raise InputError(
                f"average='binary' takes two labels; came {len(given.present)}: {given.present[:5].tolist()}. "
                "Choose average='macro', 'micro', 'weighted' or None."
            )
        yes = positive_label(given.present, positive)
        place = given.present.tolist().index(yes) if yes in given.present.tolist() else 1
        columns = slice(place, place + 1)
    else:
        columns = slice(0, len(given.labels))
    return _counted(given.y, given.prediction, given.weight, max(len(given.labels), 2), columns)


def _counted(y: Numbers, prediction: Numbers, weight: Numbers, k: int, columns: slice) -> Hits:
    same = y == prediction
    # The place k gathers the labels that were not asked for.
    found = np.bincount(prediction, weight, k + 1)[columns]
    right = np.bincount(y, weight, k + 1)
    both = np.bincount(y[same], weight[same], k + 1)[columns]
    # The total is a sum over labels, so that total - right is exactly 0 where there is one label only.
    return Hits(both, found, right[columns], float(np.sum(right)))


def _averaged(
    hits: Hits, part: Numbers, whole: Numbers, average: Average, zero_division: ZeroDivision, name: str
) -> float | Numbers:
    silent = zero_division != "warn"
    if silent and (isinstance(zero_division, str) or not (zero_division in (0, 1) or math.isnan(zero_division))):
        raise InputError(f"zero_division must be 'warn', 0, 1 or nan; came {zero_division!r}. Choose one of these.")
    if average == "micro":
        part, whole = np.sum(part, keepdims=True), np.sum(whole, keepdims=True)
    nothing = whole == 0
    if not silent and bool(np.any(nothing)):
        undefined(f"{name} divides 0 by 0 for some label and counts as 0.0 there; set zero_division to choose.")
    ratio = np.where(nothing, zero_division if silent else 0.0, part / np.where(nothing, 1, whole))
    if average is None:
        return ratio
    return _mean(ratio, hits.right if average == "weighted" else np.ones_like(ratio))


def _mean(ratio: Numbers, weight: Numbers) -> float:
    known = ~np.isnan(ratio)
    if not bool(np.any(known)):
        return math.nan
    ratio, weight = ratio[known], weight[known]
    return float(np.sum(ratio * weight) / np.sum(weight)) if np.sum(weight) > 0 else float(np.mean(ratio))
