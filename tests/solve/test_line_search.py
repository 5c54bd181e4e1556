"""The line search: both Wolfe conditions hold wherever it says so."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.solve.line_search import Step, along, wolfe


def curve(f, slope):
    return lambda t: Step(t, f(t), slope(t), np.array([slope(t)]))


def exp(t):
    return math.exp(t) if t < 700 else math.inf


CURVES = {
    "bowl": (lambda t: (t - 3) ** 2, lambda t: 2 * (t - 3)),
    "steep wall": (lambda t: exp(t) - 20 * t, lambda t: exp(t) - 20),
    "nearly flat": (lambda t: -t / (t * t + 2), lambda t: (t * t - 2) / (t * t + 2) ** 2),
    "two valleys": (lambda t: math.sin(3 * t) - 0.5 * t + 0.02 * t * t - 4 * t * math.exp(-t), None),
    "quartic": (
        lambda t: (t + 0.004) ** 5 - 2 * (t + 0.004) ** 4,
        lambda t: 5 * (t + 0.004) ** 4 - 8 * (t + 0.004) ** 3,
    ),
    "only up to 1": (
        lambda t: -t - 0.1 * math.log(1 - t) if t < 1 else math.nan,
        lambda t: -1 + 0.1 / (1 - t) if t < 1 else math.nan,
    ),
}
f2 = CURVES["two valleys"][0]
CURVES["two valleys"] = (f2, lambda t: 3 * math.cos(3 * t) - 0.5 + 0.04 * t - 4 * math.exp(-t) * (1 - t))


@pytest.mark.parametrize("name", sorted(CURVES))
@given(first=st.floats(1e-3, 1e3), c2=st.sampled_from([0.1, 0.5, 0.9]))
@settings(max_examples=60, deadline=None)
def test_both_conditions_hold(name, first, c2):
    """Moré and Thuente's curves among them. Kills: a bracket without a minimum, a slope without its absolute value."""
    f, slope = CURVES[name]
    if slope(0.0) >= 0:
        pytest.fail("the curve must fall at 0")
    found = wolfe(curve(f, slope), curve(f, slope)(0.0), first, c2=c2)
    assert found.length > 0
    assert found.value <= f(0.0) + 1e-4 * found.length * slope(0.0)
    assert abs(found.slope) <= c2 * abs(slope(0.0))
    assert found[1:3] == (f(found.length), slope(found.length))


def test_a_good_first_length_costs_one_look():
    looks = []

    def look(t):
        looks.append(t)
        return Step(t, (t - 1) ** 2, 2 * (t - 1), np.array([2 * (t - 1)]))

    assert wolfe(look, Step(0.0, 1.0, -2.0, np.array([-2.0]))).length == 1.0
    assert looks == [1.0]


def test_at_the_last_digit_it_stays_or_goes_lower():
    """A minimum of 1e10: values cannot tell, slopes can. Kills: a loop without an end, a step uphill."""
    look = along(lambda x: (1e10 + float(x @ x), 2 * x), np.array([1e-4]), np.array([-2e-4]))
    found = wolfe(look, look(0.0))
    assert found.value <= 1e10
    assert abs(found.slope) < abs(look(0.0).slope)


def test_a_line_without_an_end_is_followed_far_and_not_for_ever():
    found = wolfe(curve(lambda t: -t, lambda t: -1.0), Step(0.0, 0.0, -1.0, np.array([-1.0])))
    assert found.length > 1e6
