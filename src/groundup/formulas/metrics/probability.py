"""Are the probabilities true? The two proper scores: log loss and Brier.

`probability` is (rows,), the chance of the label `positive`, or (rows, classes), each row summing to 1, with columns in
the order of `labels` (else of the sorted labels of y). `positive` left out is 1 among 0/1 and -1/1, and else the later
of two labels. The answer is computed where `probability` lives: NumPy, PyTorch, CuPy, JAX and others alike.
"""

from __future__ import annotations

from types import ModuleType
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.metrics._check import finite, mean, numbers, onto, same_rows, undefined, weights
from groundup.formulas.metrics._labels import class_places, label_column, positive_label, yes_rows


class Chances(NamedTuple):
    """Membership (rows, classes) as 0 and 1, probabilities (rows, classes), weights, and the input's rounding unit."""

    xp: ModuleType
    member: Array
    probability: Array
    weight: Array
    unit: float


@np.errstate(all="ignore")
def log_loss(
    y: Array,
    probability: Array,
    *,
    labels: Array | None = None,
    positive: object = None,
    sample_weight: Array | None = None,
    smallest: float | None = None,
) -> float:
    """-Σ w log p(y) / Σ w: the average surprise, in nats, at what really came. log 2 is a fair coin's.

    A true label to which the model gave less than `smallest` would cost (almost) infinity. It counts as `smallest`,
    with a warning: None is the rounding unit of the probability's type, 2.2e-16 for float64; 0.0 gives infinity.

    Raises InputError for a probability outside [0, 1], a row that does not sum to 1, NaN, rows that do not match,
    or a label without a column.

    >>> round(log_loss([1, 0], [0.8, 0.5]), 12)
    0.458145365937

    Good, Rational decisions, JRSS B 14 (1952).
    """
    if smallest is not None and not 0 <= smallest < 1:
        raise InputError(f"smallest must be at least 0 and below 1; came {smallest!r}. Use 0.0 to change nothing.")
    xp, member, chance, weight, unit = _chances(y, probability, labels, positive, sample_weight)
    came = xp.sum(member * chance, axis=1)
    floor = unit if smallest is None else smallest
    if bool(xp.any((came < floor) & (weight > 0))):
        undefined(f"A label came to which the model gave less than {floor:.2g}; that counts as {floor:.2g}.")
    surprise = -xp.log(xp.where(came < floor, xp.full_like(came, floor), came))
    return float(mean(xp, xp.where(weight > 0, surprise, xp.zeros_like(surprise)), weight))


@np.errstate(all="ignore")
def brier(
    y: Array,
    probability: Array,
    *,
    labels: Array | None = None,
    positive: object = None,
    sample_weight: Array | None = None,
) -> float:
    """Σ w (p - [y = positive])² / Σ w: the mean squared error of a probability. 0 is certain and right, 1 the worst.

    More than two classes: the squares are summed over the classes, so that 2 is the worst; for two columns the sum is
    halved, so that one column and two say the same. Raises InputError as `log_loss` does.

    >>> brier([1, 0], [0.8, 0.5])
    0.145

    Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).
    """
    xp, member, chance, weight, _ = _chances(y, probability, labels, positive, sample_weight)
    half = 0.5 if chance.shape[1] == 2 else 1.0
    return half * float(mean(xp, xp.sum((chance - member) ** 2, axis=1), weight))


def _chances(
    y: Array, probability: Array, labels: Array | None, positive: object, sample_weight: Array | None
) -> Chances:
    xp, chance, unit = probabilities(probability)
    y = label_column("y", y)
    same_rows(y=len(y), probability=chance.shape[0])
    if chance.ndim == 1:
        if labels is not None:
            known, _ = class_places("probability", 2, y, labels)
            positive = known.tolist()[1] if positive is None else positive_label(known, positive)
        yes = onto(xp, chance, yes_rows(y, positive))
        member, chance = xp.stack([1 - yes, yes], axis=1), xp.stack([1 - chance, chance], axis=1)
    else:
        known, place = class_places("probability", chance.shape[1], y, labels)
        member = onto(xp, chance, place[:, None] == np.arange(len(known)))
    return Chances(xp, member, chance, weights(xp, chance, sample_weight, len(y)), unit)


def probabilities(probability: Array) -> tuple[ModuleType, Array, float]:
    """Probabilities (rows,) or (rows, classes), checked, and the rounding unit of the type in which they came."""
    xp, chance = numbers("probability", probability)
    given = getattr(probability, "dtype", None)
    real = given is not None and xp.isdtype(given, "real floating")
    unit = float(xp.finfo(given if real else chance.dtype).eps)
    if chance.ndim == 2 and chance.shape[1] == 1:
        chance = chance[:, 0]
    if chance.ndim not in (1, 2) or 0 in chance.shape[1:]:
        raise InputError(
            f"probability must have the shape (rows,) or (rows, classes); came {tuple(chance.shape)}. Reshape it first."
        )
    same_rows(probability=chance.shape[0])
    finite("probability", xp, chance)
    _within(xp, chance)
    if chance.ndim == 2:
        _sums_to_one(xp, chance, unit**0.5)
    return xp, chance, unit


def _within(xp: ModuleType, chance: Array) -> None:
    flat = chance if chance.ndim == 2 else xp.reshape(chance, (-1, 1))
    outside = xp.any((flat < 0) | (flat > 1), axis=1)
    if bool(xp.any(outside)):
        row = int(xp.argmax(xp.astype(outside, xp.int64)))
        values = [float(flat[row, j]) for j in range(flat.shape[1])]
        value = next(v for v in values if not 0 <= v <= 1)
        raise InputError(
            f"probability must lie between 0 and 1; row {row} holds {value}. "
            "Give probabilities, such as predict_proba gives, not scores."
        )


def _sums_to_one(xp: ModuleType, chance: Array, slack: float) -> None:
    total = xp.sum(chance, axis=1)
    strange = xp.abs(total - 1) > slack
    if bool(xp.any(strange)):
        row = int(xp.argmax(xp.astype(strange, xp.int64)))
        raise InputError(
            f"The probabilities of a row must sum to 1; row {row} sums to {float(total[row])}. "
            "Divide each row by its sum."
        )
