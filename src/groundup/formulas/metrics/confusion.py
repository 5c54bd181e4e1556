"""Which labels were taken for which: the confusion matrix, and single numbers read off it.

Labels are text, booleans or whole numbers, one a row. A row of the matrix is a true label, a column a predicted one.
Every function raises InputError for rows that do not match, a missing label, or weights that cannot be weights.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from groundup._arrays import Array
from groundup.formulas.metrics._check import one_of, undefined
from groundup.formulas.metrics._labels import Numbers, matrix_of, pairs


@np.errstate(all="ignore")
def confusion_matrix(
    y: Array,
    prediction: Array,
    *,
    labels: Array | None = None,
    normalise: Literal["true", "prediction", "all"] | None = None,
    sample_weight: Array | None = None,
) -> Numbers:
    """C[i, j] = Σ w over the rows of label i that were predicted as label j: right answers on the diagonal.

    `labels` chooses the order, or only some labels: rows with another label are then left out. Without it, all labels
    in sorted order. `normalise` divides by the sums of "true" labels (rows), of the "prediction" (columns) or of "all".
    Counts are int64, weighted or normalised ones float64. 0/0 in an empty row or column is 0.

    >>> confusion_matrix(["cat", "cat", "dog"], ["cat", "dog", "dog"])
    array([[1, 1],
           [0, 1]])

    Kohavi and Provost, Glossary of terms, Machine Learning 30 (1998).
    """
    one_of("normalise", normalise, None, "true", "prediction", "all")
    counts = matrix_of(pairs(y, prediction, sample_weight, labels))
    if normalise is None:
        return counts
    axis = {"true": 1, "prediction": 0, "all": None}[normalise]
    whole = counts.sum(axis=axis, keepdims=True)
    return counts / np.where(whole == 0, 1, whole)


@np.errstate(all="ignore")
def accuracy(y: Array, prediction: Array, *, sample_weight: Array | None = None) -> float:
    """Σ w [prediction = y] / Σ w: the share of right answers. Columns (rows, 1) count as rows.

    >>> accuracy([0, 1, 1, 1], [0, 1, 0, 1])
    0.75

    Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 9.2.5 (one minus the error rate).
    """
    given = pairs(y, prediction, sample_weight)
    return float(np.sum(given.weight[given.y == given.prediction]) / np.sum(given.weight))


@np.errstate(all="ignore")
def balanced_accuracy(y: Array, prediction: Array, *, sample_weight: Array | None = None) -> float:
    """mean over classes of C[i, i] / Σ_j C[i, j]: accuracy as if every class had equally many rows.

    Undefined, with a warning: a class that is predicted but never true is left out of the mean.

    >>> balanced_accuracy([0, 0, 0, 1], [0, 0, 0, 0])
    0.5

    Brodersen and others, The balanced accuracy and its posterior distribution, ICPR (2010).
    """
    counts = matrix_of(pairs(y, prediction, sample_weight))
    true: Numbers = np.sum(counts, axis=1)
    right: Numbers = np.diagonal(counts)
    if bool(np.any(true == 0)):
        undefined("A class is predicted that y never holds; it has no share of right answers and is left out.")
    return float(np.mean(right[true > 0] / true[true > 0]))


@np.errstate(all="ignore")
def matthews(y: Array, prediction: Array, *, sample_weight: Array | None = None) -> float:
    """(n Σ C[i, i] - t·p) / sqrt((n² - t·t) (n² - p·p)): the correlation of labels and predictions.

    t and p are the sums of the rows and of the columns of C, n the sum of all. For two classes it is
    (tp tn - fp fn) / sqrt((tp + fp) (tp + fn) (tn + fp) (tn + fn)). 1 is perfect, 0 is chance.

    Undefined, with a warning: 0.0 where all labels, or all predictions, are the same.

    >>> matthews([1, 1, 0, 0], [1, 0, 0, 0])
    0.5773502691896258

    Matthews, BBA Protein Structure 405 (1975); Gorodkin, Computational Biology and Chemistry 28 (2004).
    """
    counts = _scaled(matrix_of(pairs(y, prediction, sample_weight)))
    t, p = np.sum(counts, axis=1), np.sum(counts, axis=0)
    # n² - p·p as Σ p (n - p): exactly zero for a single class, whatever the weights.
    spread = float(t @ (t.sum() - t)) * float(p @ (p.sum() - p))
    if spread <= 0:
        undefined("All labels, or all predictions, are the same, so nothing can be correlated: 0.0. Use accuracy.")
        return 0.0
    return float((np.trace(counts) * p.sum() - t @ p) / math.sqrt(spread))


@np.errstate(all="ignore")
def kappa(
    y: Array,
    prediction: Array,
    *,
    labels: Array | None = None,
    weights: Literal["linear", "quadratic"] | None = None,
    sample_weight: Array | None = None,
) -> float:
    """1 - Σ D C / Σ D E with E = t p' / n: agreement beyond what chance would give.

    D is 0 on the diagonal and 1 elsewhere; with `weights` "linear" it is |i - j|, "quadratic" (i - j)², for labels
    whose order means something (give it as `labels`). 1 is perfect, 0 is chance.

    Undefined, with a warning: nan where both hold one and the same label only.

    >>> kappa([1, 1, 0, 0], [1, 0, 0, 0])
    0.5

    Cohen, A coefficient of agreement for nominal scales (1960); Weighted kappa (1968).
    """
    one_of("weights", weights, None, "linear", "quadratic")
    counts = _scaled(matrix_of(pairs(y, prediction, sample_weight, labels)))
    apart = np.abs(np.subtract.outer(np.arange(len(counts)), np.arange(len(counts)))).astype(np.float64)
    disagreement = {None: np.sign(apart), "linear": apart, "quadratic": apart**2}[weights]
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0))
    by_chance = float(np.sum(disagreement * expected))
    if by_chance <= 0:
        undefined("Labels and predictions share a single label, so chance agrees too: nan. Use accuracy.")
        return math.nan
    return float(1 - np.sum(disagreement * counts) * counts.sum() / by_chance)


def _scaled(counts: Numbers) -> Numbers:
    """The counts times a power of two, so that products of four sums neither over- nor underflow."""
    return counts * math.ldexp(1.0, -max(math.frexp(float(np.sum(counts)))[1], -1000))
