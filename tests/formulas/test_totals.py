"""Totals: slope and bend against differences, and the root that outlives its square."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundup.formulas import losses
from groundup.formulas.totals import Mean, RootMean, Sum, Total

TOTALS = [cls() for cls in Total.__subclasses__() if cls.__module__.startswith("groundup")]
every_total = pytest.mark.parametrize("total", TOTALS, ids=repr)
amounts = st.floats(1e-3, 1e6)


@every_total
@given(S=amounts, W=amounts)
def test_the_slope_is_the_difference_of_the_value_and_the_bend_that_of_the_slope(total, S, W):
    h = 1e-4 * S
    slope = (total.value(S + h, W) - total.value(S - h, W)) / (2 * h)
    bend = (total.slope(S + h, W) - total.slope(S - h, W)) / (2 * h)
    assert total.slope(S, W) == pytest.approx(slope, rel=1e-6)
    assert total.bend(S, W) == pytest.approx(bend, rel=1e-6, abs=1e-9 * total.slope(S, W) / S)


def test_the_three_totals():
    assert [total.value(12.0, 3.0) for total in (Sum(), Mean(), RootMean())] == [12.0, 4.0, 2.0]


@every_total
@pytest.mark.parametrize("S", [0.0, 5e-324, 1e-300, 1e-200, 1e200, 1.7e308, math.inf, math.nan])
@pytest.mark.parametrize("kind", [float, np.float64])
def test_extreme_sums_raise_nothing_and_warn_of_nothing(total, S, kind):
    with np.errstate(all="raise"):
        answers = total.value(kind(S), kind(10.0)), total.slope(kind(S), kind(10.0)), total.bend(kind(S), kind(10.0))
    if not math.isnan(S):
        assert not any(map(math.isnan, answers))
    elif total != Sum():
        assert math.isnan(answers[0])


def test_a_perfect_fit_has_nowhere_to_go():
    assert RootMean().slope(0.0, 5.0) == RootMean().bend(0.0, 5.0) == 0.0


@pytest.mark.parametrize("size", [5e-324, 1e-310, 1e-200, 1.0, 1e200, sys.float_info.max])
def test_the_root_mean_square_of_equal_misses_is_the_miss(size):
    with np.errstate(all="raise"):
        for rows in (1, 3, 1000):
            assert losses.rmse(np.zeros(rows), np.full(rows, size)) == pytest.approx(size, rel=1e-15)
            assert losses.rmse(np.zeros(rows), np.full(rows, -size), np.full(rows, 0.5)) == pytest.approx(
                size, rel=1e-15
            )


def test_the_root_of_infinity_and_of_nan():
    assert losses.rmse([0.0, 0.0], [math.inf, 1.0]) == math.inf
    assert math.isnan(losses.rmse([0.0, 0.0], [math.nan, 1.0]))


def test_a_row_with_two_outputs_counts_twice():
    y, prediction = np.zeros((3, 2)), np.array([[1.0, 1.0], [2.0, 2.0], [0.0, 6.0]])
    assert losses.mae(y, prediction) == 2.0
    assert losses.mae(y, prediction, sample_weight=[0, 1, 1]) == 2.5
    assert losses.l1(y, prediction, sample_weight=[0, 1, 2]) == 16.0


def test_totals_agree_with_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    y, prediction, w = rng.normal(size=(50, 2)), rng.normal(size=(50, 2)), rng.uniform(size=50)
    for ours, theirs in (
        (losses.mse, metrics.mean_squared_error),
        (losses.mae, metrics.mean_absolute_error),
    ):
        assert ours(y, prediction, w) == pytest.approx(theirs(y, prediction, sample_weight=w), rel=1e-13)
    one = metrics.root_mean_squared_error(y[:, 0], prediction[:, 0], sample_weight=w)
    assert losses.rmse(y[:, 0], prediction[:, 0], w) == pytest.approx(one, rel=1e-13)


@every_total
def test_each_total_says_what_it_is(total):
    assert total.__doc__.startswith(total.equation + ":")
    assert eval(repr(total)) == total
    assert len({total, type(total)()}) == 1
