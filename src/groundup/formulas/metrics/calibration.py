"""Does what is said to happen in 30 % of the cases happen in 30 % of them? Bias, calibration curve, calibration error.

Rows are put into buckets by their prediction: "uniform" buckets are equally wide from 0 to 1, "quantile" buckets hold
(about) equally many rows. A bucket is open on the left and closed on the right, except the first; empty ones are left
out. With sample weights the quantile edges are the smallest predictions that reach each share of the weight.
Every function raises InputError for rows that do not match, NaN, or weights that cannot be weights.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.metrics._check import column, mean, one_of, rows, same_rows, to_numpy, weights
from groundup.formulas.metrics._labels import Numbers, class_places, label_column, yes_rows
from groundup.formulas.metrics.probability import probabilities

Strategy = Literal["uniform", "quantile"]


class CalibrationCurve(NamedTuple):
    """For each bucket: the share of positive rows, the mean probability, and the weight of its rows."""

    observed: Numbers
    predicted: Numbers
    weight: Numbers


class BiasByBucket(NamedTuple):
    """For each bucket: mean prediction minus mean label, both means, and the weight of its rows."""

    bias: Numbers
    predicted: Numbers
    observed: Numbers
    weight: Numbers


@np.errstate(all="ignore")
def prediction_bias(y: Array, prediction: Array, *, sample_weight: Array | None = None) -> float:
    """Σ w prediction / Σ w - Σ w y / Σ w: the mean prediction minus the mean label.

    0 for a model with a bias term at its minimum; anything else points at rows that are missing, wrong or weighted.
    y is a number, for two classes 0 or 1.

    >>> prediction_bias([0, 1, 1, 0], [0.5, 0.75, 1.0, 0.25])
    0.125

    McMahan and others, Ad click prediction: a view from the trenches, KDD (2013).
    """
    xp, y, prediction, weight, _ = rows(y, prediction, sample_weight)
    if y.shape[1] != 1:
        raise InputError(f"prediction_bias takes one output; came {y.shape[1]} columns. Measure them one by one.")
    return float(mean(xp, prediction - y, weight)[0])


@np.errstate(all="ignore")
def prediction_bias_by_bucket(
    y: Array,
    prediction: Array,
    *,
    bins: int = 10,
    strategy: Strategy = "quantile",
    sample_weight: Array | None = None,
) -> BiasByBucket:
    """Σ w prediction / Σ w - Σ w y / Σ w in each bucket of predictions: biases that cancel overall show here.

    Any numbers may be predicted; "uniform" buckets then reach from the smallest prediction to the largest.

    >>> prediction_bias_by_bucket([0, 0, 1, 1], [0.25, 0.25, 0.75, 0.75], bins=2).bias
    array([ 0.25, -0.25])

    McMahan and others, Ad click prediction: a view from the trenches, KDD (2013).
    """
    _, y, prediction, weight, _ = rows(y, prediction, sample_weight)
    prediction, y, weight = (to_numpy(column("prediction", x)) for x in (prediction, y, weight))
    ends = (float(np.min(prediction)), float(np.max(prediction)))
    bucket = _buckets(prediction, None if sample_weight is None else weight, bins, strategy, ends)
    observed, predicted, held = _means(bucket, y, prediction, weight)
    return BiasByBucket(predicted - observed, predicted, observed, held)


@np.errstate(all="ignore")
def calibration_curve(
    y: Array,
    probability: Array,
    *,
    bins: int = 10,
    strategy: Strategy = "uniform",
    positive: object = None,
    sample_weight: Array | None = None,
) -> CalibrationCurve:
    """(Σ w [y = positive] / Σ w, Σ w p / Σ w) in each bucket of probabilities: on the diagonal where p is true.

    `probability` is (rows,). Raises InputError for probabilities outside [0, 1].

    >>> curve = calibration_curve([0, 1, 1, 1], [0.25, 0.25, 0.75, 1.0], bins=2)
    >>> curve.observed, curve.predicted
    (array([0.5, 1. ]), array([0.25 , 0.875]))

    Niculescu-Mizil and Caruana, Predicting good probabilities with supervised learning, ICML (2005).
    """
    chance = column("probability", to_numpy(probabilities(probability)[1]))
    y = label_column("y", y)
    same_rows(y=len(y), probability=len(chance))
    return _curve(yes_rows(y, positive), chance, bins, strategy, sample_weight)


@np.errstate(all="ignore")
def expected_calibration_error(
    y: Array,
    probability: Array,
    *,
    bins: int = 10,
    strategy: Strategy = "uniform",
    labels: Array | None = None,
    positive: object = None,
    sample_weight: Array | None = None,
) -> float:
    """Σ over buckets of (weight / Σ w) |observed - predicted|: how far the calibration curve is from the diagonal.

    `probability` (rows, classes) is judged by its largest entry in each row: how often is that label the right one?

    >>> expected_calibration_error([0, 1, 1, 1], [0.25, 0.25, 0.75, 1.0], bins=2)
    0.1875

    Naeini, Cooper and Hauskrecht, AAAI (2015); Guo and others, On calibration of modern neural networks, ICML (2017).
    """
    chance = to_numpy(probabilities(probability)[1])
    y = label_column("y", y)
    same_rows(y=len(y), probability=len(chance))
    if chance.ndim == 2:
        _, place = class_places("probability", chance.shape[1], y, labels)
        yes, chance = place == np.argmax(chance, axis=1), np.max(chance, axis=1)
    else:
        yes = yes_rows(y, positive)
    observed, predicted, held = _curve(yes, chance, bins, strategy, sample_weight)
    return float(np.sum(held * np.abs(observed - predicted)) / np.sum(held))


def _curve(
    yes: Numbers, chance: Numbers, bins: int, strategy: Strategy, sample_weight: Array | None
) -> CalibrationCurve:
    weight = weights(np, chance, sample_weight, len(chance))
    bucket = _buckets(chance, None if sample_weight is None else weight, bins, strategy, (0.0, 1.0))
    return CalibrationCurve(*_means(bucket, yes, chance, weight))


def _buckets(x: Numbers, weight: Numbers | None, bins: int, strategy: Strategy, ends: tuple[float, float]) -> Numbers:
    """The bucket of each row."""
    one_of("strategy", strategy, "uniform", "quantile")
    if bins < 1:
        raise InputError(f"bins must be at least 1; came {bins}. Ten is usual.")
    if strategy == "uniform":
        edges = np.linspace(*ends, bins + 1)
    elif weight is None:
        edges = np.percentile(x, np.linspace(0, 1, bins + 1) * 100)
    else:
        edges = np.quantile(x, np.linspace(0, 1, bins + 1), weights=weight, method="inverted_cdf")
    return np.searchsorted(edges[1:-1], x)


def _means(bucket: Numbers, y: Numbers, prediction: Numbers, weight: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The mean label, the mean prediction and the weight in each bucket that holds any."""
    held = np.bincount(bucket, weight)
    some = held > 0
    observed = np.bincount(bucket, weight * y)[some] / held[some]
    return observed, np.bincount(bucket, weight * prediction)[some] / held[some], held[some]
