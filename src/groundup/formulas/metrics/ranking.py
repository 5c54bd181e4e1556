"""Are the right rows at the top? Curves over every threshold, the areas under them, and top-k.

A score is any number that is larger where the answer 'yes' is more likely; only its order counts. Rows with equal
scores are passed together, so a tie counts one half. `positive` is the label of 'yes': left out, it is 1 among 0/1 and
-1/1, and else the later of two labels. Rows of weight 0 count as if they were not there.
Every function raises InputError for rows that do not match, NaN, or weights that cannot be weights.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.metrics._check import column, finite, numbers, one_of, same_rows, to_numpy, undefined, weights
from groundup.formulas.metrics._labels import Numbers, class_places, label_column, yes_rows

Average = Literal["macro", "weighted", "micro"] | None


class RocCurve(NamedTuple):
    """Points from (0, 0) to (1, 1); at a point, rows with a score of at least the threshold count as 'yes'."""

    false_positive_rate: Numbers
    true_positive_rate: Numbers
    threshold: Numbers


class PrecisionRecallCurve(NamedTuple):
    """Points by rising threshold, and the last one (1, 0), which has no threshold."""

    precision: Numbers
    recall: Numbers
    threshold: Numbers


@np.errstate(all="ignore")
def roc_curve(
    y: Array,
    score: Array,
    *,
    positive: object = None,
    sample_weight: Array | None = None,
    drop_intermediate: bool = True,
) -> RocCurve:
    """(fp(t) / fp(-∞), tp(t) / tp(-∞)): the ROC curve over thresholds t, where tp(t) = Σ w [score ≥ t, y = positive].

    The first threshold is infinity: nothing is found. `drop_intermediate` leaves out the points on straight stretches.

    Undefined, with a warning: without negative rows the first rate is nan, without positive rows the second.

    >>> roc_curve([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.8]).true_positive_rate
    array([0. , 0.5, 1. , 1. ])

    Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27 (2006).
    """
    yes, score, weight = _ranked(y, score, positive, sample_weight)
    fp, tp, threshold = _passed(yes, score, weight)
    if drop_intermediate and len(fp) > 2:
        bends = (np.diff(fp, 2) != 0) | (np.diff(tp, 2) != 0)
        keep = np.concatenate([[True], bends, [True]])
        fp, tp, threshold = fp[keep], tp[keep], threshold[keep]
    if fp[-1] <= 0:
        undefined("y holds no negative row, so the false positive rate is nan. Measure rows of both labels.")
    if tp[-1] <= 0:
        undefined("y holds no positive row, so the true positive rate is nan. Measure rows of both labels.")
    fp, tp = np.concatenate([[0.0], fp]), np.concatenate([[0.0], tp])
    return RocCurve(_share(fp), _share(tp), np.concatenate([[math.inf], threshold]))


@np.errstate(all="ignore")
def roc_auc(
    y: Array,
    score: Array,
    *,
    multiclass: Literal["one_vs_rest", "one_vs_one"] = "one_vs_rest",
    average: Average = "macro",
    labels: Array | None = None,
    positive: object = None,
    sample_weight: Array | None = None,
) -> float | Numbers:
    """P(score of a positive row > score of a negative row) + ½ P(equal): the area under the ROC curve.

    More than two classes: `score` is (rows, classes), its columns in the order of `labels` (else of the sorted labels
    of y), and rows that sum to 1. "one_vs_rest" takes each class against all others; "one_vs_one" each pair of classes,
    both ways. `average`: "macro" the mean, "weighted" by how frequent a class (or pair) is, "micro" all columns as
    one, None an array; the last two for one_vs_rest only.

    Undefined, with a warning: nan where y holds one class only.

    >>> roc_auc([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.8])
    0.875

    Hanley and McNeil, Radiology 143 (1982); Hand and Till, Machine Learning 45 (2001).
    """
    one_of("multiclass", multiclass, "one_vs_rest", "one_vs_one")
    score = to_numpy(score)
    if score.ndim == 2 and score.shape[1] > 1:
        one_of("average", average, *(["macro", "weighted", "micro", None] if multiclass == "one_vs_rest" else _PAIRED))
        member, score, weight = _classes(y, score, labels, sample_weight, sums_to_one=True)
        if multiclass == "one_vs_one":
            return _one_vs_one(member, score, weight, average)
        return _one_vs_rest(_area, member, score, weight, average)
    present = np.unique(label_column("y", y))
    if len(present) == 1 and positive is None:
        positive = present[0]
    return _area(*_ranked(y, score, positive, sample_weight))


_PAIRED = ("macro", "weighted")


@np.errstate(all="ignore")
def precision_recall_curve(
    y: Array, score: Array, *, positive: object = None, sample_weight: Array | None = None
) -> PrecisionRecallCurve:
    """(tp(t) / (tp(t) + fp(t)), tp(t) / tp(-∞)): precision and recall, where tp(t) = Σ w [score ≥ t, y = positive].

    Undefined, with a warning: without a positive row recall is 1 at every threshold.

    >>> precision_recall_curve([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.8]).precision
    array([0.5       , 0.66666667, 1.        , 1.        ])

    Davis and Goadrich, The relationship between precision-recall and ROC curves, ICML (2006).
    """
    fp, tp, threshold = _passed(*_ranked(y, score, positive, sample_weight))
    if tp[-1] <= 0:
        undefined("y holds no positive row, so recall counts as 1 at every threshold. Measure rows of both labels.")
    recall = tp / tp[-1] if tp[-1] > 0 else np.ones_like(tp)
    precision = tp / (tp + fp)
    return PrecisionRecallCurve(
        np.concatenate([precision[::-1], [1.0]]), np.concatenate([recall[::-1], [0.0]]), threshold[::-1]
    )


@np.errstate(all="ignore")
def average_precision(
    y: Array,
    score: Array,
    *,
    average: Average = "macro",
    labels: Array | None = None,
    positive: object = None,
    sample_weight: Array | None = None,
) -> float | Numbers:
    """Σ (recall(t) - recall(next higher t)) precision(t): the area under precision and recall, without interpolation.

    More than two classes: `score` is (rows, classes), each class against all others, `average` as in `roc_auc`.

    Undefined, with a warning: 0.0 where no row is positive.

    >>> round(average_precision([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.8]), 12)
    0.833333333333

    Manning, Raghavan and Schütze, Introduction to Information Retrieval, 8.4.
    """
    one_of("average", average, "macro", "weighted", "micro", None)
    score = to_numpy(score)
    if score.ndim == 2 and score.shape[1] > 1:
        return _one_vs_rest(_step_area, *_classes(y, score, labels, sample_weight), average)
    return _step_area(*_ranked(y, score, positive, sample_weight))


@np.errstate(all="ignore")
def top_k_accuracy(
    y: Array, score: Array, *, k: int = 2, labels: Array | None = None, sample_weight: Array | None = None
) -> float:
    """Σ w [the label is among the k highest scores] / Σ w: accuracy with k guesses.

    `score` is (rows, classes), its columns in the order of `labels`, else of the sorted labels of y; of equal scores
    the later column is the higher. One column is the score of the later of two labels, and its threshold is 0.5 where
    all scores lie between 0 and 1, else 0.

    Undefined, with a warning: with k as large as the number of classes it is 1.0 for any score.

    >>> top_k_accuracy([0, 1, 2], [[0.5, 0.3, 0.2], [0.6, 0.3, 0.1], [0.5, 0.3, 0.2]], k=2)
    0.6666666666666666

    Russakovsky and others, ImageNet Large Scale Visual Recognition Challenge, IJCV 115 (2015).
    """
    if k < 1:
        raise InputError(f"k must be at least 1; came {k}. Use 1 for accuracy.")
    score = to_numpy(score)
    if score.ndim == 1 or score.shape[1:] == (1,):
        score = column("score", numbers("score", score)[1])
        finite("score", np, score)
        cut = 0.5 if len(score) and np.min(score) >= 0 and np.max(score) <= 1 else 0.0
        score = np.stack([score <= cut, score > cut], axis=1)
        if labels is None:
            y, labels = yes_rows(label_column("y", y), None).astype(np.int64), [0, 1]
    member, score, weight = _classes(y, score, labels, sample_weight)
    if k >= score.shape[1]:
        undefined(f"With k={k} and {score.shape[1]} classes every row is right: 1.0. Choose a smaller k.")
    order = np.argsort(score, axis=1, kind="stable")[:, ::-1][:, :k]
    return float(np.sum(weight[np.any(np.take_along_axis(member, order, axis=1), axis=1)]) / np.sum(weight))


def _ranked(y: Array, score: Array, positive: object, sample_weight: Array | None) -> tuple[Numbers, Numbers, Numbers]:
    """Which rows are 'yes', their scores and weights; rows of weight 0 are gone."""
    y, score = label_column("y", y), column("score", numbers("score", to_numpy(score))[1])
    same_rows(y=len(y), score=len(score))
    finite("score", np, score)
    weight = weights(np, score, sample_weight, len(y))
    yes = yes_rows(y, positive)
    return yes[weight > 0], score[weight > 0], weight[weight > 0]


def _passed(yes: Numbers, score: Numbers, weight: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """fp, tp and the score at each distinct score, from the highest down."""
    order = np.argsort(-score, kind="stable")
    yes, score, weight = yes[order], score[order], weight[order]
    last = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    return np.cumsum(weight * ~yes)[last], np.cumsum(weight * yes)[last], score[last]


def _share(reached: Numbers) -> Numbers:
    return reached / reached[-1] if reached[-1] > 0 else np.full_like(reached, math.nan)


def _area(yes: Numbers, score: Numbers, weight: Numbers) -> float:
    if np.all(yes) or not np.any(yes):
        undefined("y holds one class only, so no pair of rows can be compared: nan. Measure rows of both labels.")
        return math.nan
    fp, tp, _ = _passed(yes, score, weight)
    fp, tp = _share(np.concatenate([[0.0], fp])), _share(np.concatenate([[0.0], tp]))
    return float(np.sum(np.diff(fp) * (tp[1:] + tp[:-1])) / 2)


def _step_area(yes: Numbers, score: Numbers, weight: Numbers) -> float:
    if not np.any(yes):
        undefined("y holds no positive row, so there is nothing to find: 0.0. Measure rows of both labels.")
        return 0.0
    fp, tp, _ = _passed(yes, score, weight)
    return float(np.sum(np.diff(tp, prepend=0.0) * (tp / (tp + fp))) / tp[-1])


def _classes(
    y: Array, score: Numbers, labels: Array | None, sample_weight: Array | None, *, sums_to_one: bool = False
) -> tuple[Numbers, Numbers, Numbers]:
    """Membership (rows, classes), scores (rows, classes) and weights."""
    y, score = label_column("y", y), numbers("score", score)[1]
    if score.ndim != 2:
        raise InputError(
            f"score must have the shape (rows, classes); came {score.shape}. Give one column for each class."
        )
    same_rows(y=len(y), score=len(score))
    finite("score", np, score)
    known, place = class_places("score", score.shape[1], y, labels)
    if sums_to_one and np.any(strange := np.abs(score.sum(axis=1) - 1) > 1e-5):
        row = int(np.argmax(strange))
        raise InputError(
            f"The scores of a row must sum to 1; row {row} sums to {float(score[row].sum())}. "
            "Give probabilities, such as softmax of the scores."
        )
    weight = weights(np, score, sample_weight, len(y))
    member = place[:, None] == np.arange(len(known))
    return member[weight > 0], score[weight > 0], weight[weight > 0]


def _one_vs_rest(
    metric: Callable[[Numbers, Numbers, Numbers], float],
    member: Numbers,
    score: Numbers,
    weight: Numbers,
    average: Average,
) -> float | Numbers:
    if average == "micro":
        return metric(member.ravel(), score.ravel(), np.repeat(weight, score.shape[1]))
    each = np.array([metric(member[:, j], score[:, j], weight) for j in range(score.shape[1])])
    if average is None:
        return each
    share = weight @ member if average == "weighted" else np.ones(len(each))
    return float(np.sum(np.where(share > 0, each, 0.0) * share) / np.sum(share))


def _one_vs_one(member: Numbers, score: Numbers, weight: Numbers, average: Average) -> float:
    present = np.flatnonzero(np.any(member, axis=0)).tolist()
    if len(present) < 2:
        undefined("y holds one class only, so no pair of classes can be compared: nan. Measure rows of all labels.")
        return math.nan
    areas, shares = list[float](), list[float]()
    for a, b in itertools.combinations(present, 2):
        rows = member[:, a] | member[:, b]
        areas.append(sum(_area(member[rows, j], score[rows, j], weight[rows]) for j in (a, b)) / 2)
        shares.append(float(np.sum(weight[rows])) if average == "weighted" else 1.0)
    return float(np.dot(areas, shares) / np.sum(shares))
