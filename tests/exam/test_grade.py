"""Single formulas: ours pass, usual conventions pass, known slips do not."""

from __future__ import annotations

import math

import numpy as np
import pytest

import groundup as gu
from groundup.exam.grading.names import known

OURS = {**gu.formulas.activations.NAMES, **gu.formulas.metrics.NAMES}


@pytest.mark.parametrize("name", sorted(set(known()) & set(OURS)))
def test_our_own_formulas_pass(name):
    card = gu.exam.grade(OURS[name], name)
    assert card.passed, str(card)
    assert sum(v.seconds for v in card.verdicts) < 1


def test_a_slope_may_be_written_in_x_or_in_y():
    in_y = gu.exam.grade(lambda s: s * (1 - s), "sigmoid_derivative")
    assert in_y.passed
    assert in_y.conventions == {"argument": "the slope is written in y = f(x), not in x"}

    def in_x(z):
        e = np.exp(-np.abs(z))
        return e / (1 + e) ** 2

    assert gu.exam.grade(in_x, "sigmoid_derivative").conventions == {}


def test_usual_scales_are_seen_and_passed():
    assert (
        gu.exam.grade(lambda y, p: ((y - p) ** 2).sum() / (2 * len(y)), "mse").conventions["scale"]
        == "it is half the mean"
    )
    assert gu.exam.grade(lambda y, p: ((y - p) ** 2).sum(), "mse").conventions["scale"] == "it is a sum over the rows"
    card = gu.exam.grade(lambda y, p: ((y - p) ** 2).sum() / 7, "mse")
    assert not card.passed


def test_the_order_of_arguments_goes_by_their_names_or_is_found_out():
    def r2(a, b):
        return 1 - ((a - b) ** 2).sum() / ((b - b.mean()) ** 2).sum()

    assert gu.exam.grade(r2, "r2").conventions["order"] == "the prediction is the first argument"

    def named(y_pred, y_true):
        return r2(y_pred, y_true)

    assert gu.exam.grade(named, "r2").passed

    def swapped(y_true, y_pred):
        return r2(y_true, y_pred)

    card = gu.exam.grade(swapped, "r2")
    assert card.mistake == "label and prediction are exchanged"


def test_the_naive_tanh_is_caught_at_800():
    card = gu.exam.grade(lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)), "tanh")
    assert "is not a number" in card.mistake
    assert "nan" in str(card)


def test_a_function_of_one_number_only_fails_with_its_error():
    card = gu.exam.grade(lambda z: 1 / (1 + math.exp(-z)), "sigmoid")
    assert not card.passed


def test_names():
    with pytest.raises(gu.UnknownNameError, match="Did you mean 'sigmoid'"):
        gu.exam.grade(np.tanh, "sigmoyd")
    with pytest.raises(gu.InputTypeError, match="without calling it"):
        gu.exam.grade(3.0, "sigmoid")
