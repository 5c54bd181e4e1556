"""Where to cut: from a probability to yes or no, by a metric, by what errors cost, or by what must be reached.

A row is 'yes' where its probability is at least the threshold. Only thresholds between two neighbouring probabilities
make a difference, so each gap is tried once, at its middle: there no rounding can flip a row. The first threshold, 0,
says yes to every row, and the last one to none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, UnknownNameError
from groundup.formulas.metrics._check import column, same_rows, to_numpy, weights
from groundup.formulas.metrics._labels import Numbers, label_column, yes_rows
from groundup.formulas.metrics.probability import probabilities


class ThresholdCurve(NamedTuple):
    """By rising threshold: the four counts (weights of rows), and the number by which a threshold is chosen."""

    threshold: Numbers
    true_positive: Numbers
    false_positive: Numbers
    false_negative: Numbers
    true_negative: Numbers
    value: Numbers

    @property
    def precision(self) -> Numbers:
        """tp / (tp + fp), NaN where no row is found."""
        return _share(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> Numbers:
        """tp / (tp + fn)."""
        return _share(self.true_positive, self.true_positive + self.false_negative)

    @property
    def false_positive_rate(self) -> Numbers:
        """fp / (fp + tn)."""
        return _share(self.false_positive, self.false_positive + self.true_negative)


class ChosenThreshold(NamedTuple):
    """The threshold, the number by which it was chosen (metric, cost a row, precision or recall), and all others."""

    threshold: float
    value: float
    curve: ThresholdCurve

    @property
    def place(self) -> int:
        """Where on the curve it stands."""
        return int(np.flatnonzero(self.curve.threshold == self.threshold)[0])


@np.errstate(all="ignore")
def threshold_curve(
    y: Array,
    probability: Array,
    by: str = "f1",
    *,
    cost_false_positive: float | None = None,
    cost_false_negative: float | None = None,
    positive: object = None,
    sample_weight: Array | None = None,
) -> ThresholdCurve:
    """(t, tp(t), fp(t), fn(t), tn(t), value(t)): for every threshold the four counts, and the number to choose by.

    tp(t) = Σ w [p ≥ t, y = positive], and so on. The value is the metric `by`: "accuracy", "balanced_accuracy", "f1",
    "f2", "f0.5", "matthews", "kappa"; with costs it is what errors cost on average, (c_fp fp + c_fn fn) / Σ w.
    `positive` is the label of 'yes': left out, it is 1 among 0/1 and -1/1, and else the later of two labels.
    `probability` is (rows,).

    Raises InputError for rows that do not match, probabilities outside [0, 1], labels of one kind only, a cost below 0.

    >>> curve = threshold_curve([0, 0, 1, 1], [0.125, 0.5, 0.25, 1.0], by="accuracy")
    >>> curve.threshold, curve.value
    (array([0.    , 0.1875, 0.375 , 0.75  ,    inf]), array([0.5 , 0.75, 0.5 , 0.75, 0.5 ]))

    Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27 (2006).
    """
    curve = _counts(*_rows(y, probability, positive, sample_weight))
    costs = _costs(cost_false_positive, cost_false_negative)
    if costs is None and by not in METRICS:
        raise UnknownNameError("by", by, METRICS)
    counts = curve[1:5]
    return curve._replace(value=METRICS[by](*counts) if costs is None else _cost(costs, *counts))


@np.errstate(all="ignore")
def choose_threshold(
    y: Array,
    probability: Array,
    by: str = "f1",
    *,
    cost_false_positive: float | None = None,
    cost_false_negative: float | None = None,
    recall: float | None = None,
    precision: float | None = None,
    positive: object = None,
    sample_weight: Array | None = None,
) -> ChosenThreshold:
    """argmax over t of value(t): the threshold with the best metric, the least cost, or the recall that is required.

    - `by`: the threshold with the largest metric; the names are those of `threshold_curve`.
    - `cost_false_positive`, `cost_false_negative`: the smallest (c_fp fp + c_fn fn) / Σ w. One that is left out is 1.
      For true probabilities the best threshold is c_fp / (c_fp + c_fn), which no data can better.
    - `recall=0.9`: the largest precision among the thresholds whose recall is at least 0.9.
    - `precision=0.9`: the largest recall among those whose precision is at least 0.9.

    Among equals the one nearest to 0.5. Choose on other rows than those on which the model is then judged.
    Raises InputError as `threshold_curve` does, for two of these rules at once, and where no threshold suffices.

    >>> y, p = [0, 0, 1, 1], [0.125, 0.5, 0.25, 1.0]
    >>> choose_threshold(y, p, recall=1.0).threshold
    0.1875
    >>> choose_threshold(y, p, cost_false_positive=4, cost_false_negative=1)[:2]
    (0.75, 0.25)

    Elkan, The foundations of cost-sensitive learning, IJCAI (2001); van Rijsbergen, Information Retrieval (1979).
    """
    costly = cost_false_positive is not None or cost_false_negative is not None
    if costly + (recall is not None) + (precision is not None) > 1:
        raise InputError(
            "One rule chooses a threshold; came more than one of: costs, recall, precision. Leave the others out."
        )
    curve = threshold_curve(
        y,
        probability,
        by,
        cost_false_positive=cost_false_positive,
        cost_false_negative=cost_false_negative,
        positive=positive,
        sample_weight=sample_weight,
    )
    goal = curve.value
    if costly:
        goal = -curve.value
    elif recall is not None:
        goal = _where("recall", curve.recall, recall, curve.precision, curve.threshold)
    elif precision is not None:
        goal = _where("precision", curve.precision, precision, curve.recall, curve.threshold)
    best = np.flatnonzero(goal == np.nanmax(goal))
    place = int(best[np.argmin(np.abs(curve.threshold[best] - 0.5))])
    value = -goal[place] if costly else goal[place]
    return ChosenThreshold(float(curve.threshold[place]), float(value), curve)


def _share(part: Numbers, whole: Numbers) -> Numbers:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), math.nan)


def _f(beta: float) -> Callable[[Numbers, Numbers, Numbers, Numbers], Numbers]:
    """(1 + β²) tp / ((1 + β²) tp + β² fn + fp); there are positive rows, so it is never 0/0."""
    square = beta * beta
    return lambda tp, fp, fn, tn: (1 + square) * tp / ((1 + square) * tp + square * fn + fp)


def _matthews(tp: Numbers, fp: Numbers, fn: Numbers, tn: Numbers) -> Numbers:
    spread = np.sqrt(tp + fp) * np.sqrt(tp + fn) * np.sqrt(tn + fp) * np.sqrt(tn + fn)
    return np.where(spread > 0, (tp * tn - fp * fn) / np.where(spread > 0, spread, 1.0), 0.0)


METRICS: dict[str, Callable[[Numbers, Numbers, Numbers, Numbers], Numbers]] = {
    "accuracy": lambda tp, fp, fn, tn: (tp + tn) / (tp + fp + fn + tn),
    "balanced_accuracy": lambda tp, fp, fn, tn: (tp / (tp + fn) + tn / (tn + fp)) / 2,
    "f1": _f(1.0),
    "f2": _f(2.0),
    "f0.5": _f(0.5),
    "matthews": _matthews,
    "kappa": lambda tp, fp, fn, tn: 2 * (tp * tn - fp * fn) / ((tp + fp) * (fp + tn) + (tp + fn) * (fn + tn)),
}
"""What can be made as large as possible, each as a function of the four counts."""


def _cost(costs: tuple[float, float], tp: Numbers, fp: Numbers, fn: Numbers, tn: Numbers) -> Numbers:
    return (costs[0] * fp + costs[1] * fn) / (tp + fp + fn + tn)


def _costs(false_positive: float | None, false_negative: float | None) -> tuple[float, float] | None:
    if false_positive is None and false_negative is None:
        return None
    costs = (1.0 if false_positive is None else false_positive, 1.0 if false_negative is None else false_negative)
    for name, cost in zip(("cost_false_positive", "cost_false_negative"), costs, strict=True):
        if not 0 <= cost < math.inf:
            raise InputError(f"{name} must be a number that is at least 0; came {cost!r}. 1 is the cost of the other.")
    return costs


def _rows(y: Array, probability: Array, positive: object, sample_weight: Array | None) -> tuple[Numbers, ...]:
    """Which rows are 'yes', their probabilities and weights; rows of weight 0 are gone."""
    chance = column("probability", to_numpy(probabilities(probability)[1]))
    y = label_column("y", y)
    same_rows(y=len(y), probability=len(chance))
    weight = weights(np, chance, sample_weight, len(y))
    y, chance, weight = y[weight > 0], chance[weight > 0], weight[weight > 0]
    yes = yes_rows(y, positive)
    if bool(np.all(yes)) or not bool(np.any(yes)):
        raise InputError(
            f"A threshold is chosen on rows of both labels; all {len(y)} rows hold {y.tolist()[0]!r}. "
            "Bring rows of the other label too."
        )
    return yes, chance, weight


def _counts(yes: Numbers, chance: Numbers, weight: Numbers) -> ThresholdCurve:
    """The counts for the thresholds below, between and above the distinct probabilities."""
    known, place = np.unique(chance, return_inverse=True)
    middle = known[:-1] + (known[1:] - known[:-1]) / 2
    middle = np.where(middle > known[:-1], middle, known[1:])  # neighbours without a number between them
    last = 1 - (1 - known[-1]) / 2 if known[-1] < 1 else math.inf
    missed = np.bincount(place, weight * yes, len(known))
    spared = np.bincount(place, weight * ~yes, len(known))
    fn = np.concatenate([[0.0], np.cumsum(missed)])
    tn = np.concatenate([[0.0], np.cumsum(spared)])
    threshold = np.concatenate([[0.0], middle, [last if last > known[-1] else 1.0]])
    return ThresholdCurve(threshold, fn[-1] - fn, tn[-1] - tn, fn, tn, np.full(len(threshold), math.nan))


def _where(name: str, reached: Numbers, wanted: float, goal: Numbers, threshold: Numbers) -> Numbers:
    """The goal where enough is reached, NaN elsewhere."""
    if not 0 <= wanted <= 1:
        raise InputError(f"{name} must be a share between 0 and 1; came {wanted!r}. Try {name}=0.9.")
    enough = reached >= wanted
    if not bool(np.any(enough & ~np.isnan(goal))):
        best = int(np.nanargmax(reached))
        raise InputError(
            f"No threshold reaches a {name} of {wanted:g}; the largest is {reached[best]:.4g}, at the threshold "
            f"{threshold[best]:.4g}. Ask for less, or train a better model."
        )
    return np.where(enough, goal, math.nan)
