"""Penalties: slope and bend against differences, prox against a search, and the edges."""

from __future__ import annotations

import inspect
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundup.errors import InputError, InputTypeError
from groundup.formulas import penalties
from groundup.formulas.penalties import L1, L2, ElasticNet, Penalty


def concrete(base: type) -> list[type]:
    found = [cls for sub in base.__subclasses__() for cls in (sub, *concrete(sub))]
    return [cls for cls in found if not inspect.isabstract(cls) and cls.__module__.startswith("groundup")]


EXAMPLES = [penalty for cls in concrete(Penalty) for penalty in cls.examples()]
weights = st.floats(-50, 50)


@pytest.mark.parametrize("penalty", EXAMPLES, ids=repr)
def test_the_slope_is_the_difference_of_the_price(penalty):
    h = 1e-5
    w = np.array([-7.0, -0.3, 0.02, 1.0, 40.0])
    for i, unit in enumerate(np.eye(5)):
        difference = (penalty.value(w + h * unit) - penalty.value(w - h * unit)) / (2 * h)
        assert penalty.gradient(w)[i] == pytest.approx(difference, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("penalty", EXAMPLES, ids=repr)
def test_the_bend_is_the_difference_of_the_slope(penalty):
    h = 1e-5
    w, v = np.array([-7.0, -0.3, 0.02, 1.0, 40.0]), np.array([1.0, -2.0, 0.0, 3.0, 1e-3])
    difference = (penalty.gradient(w + h * v) - penalty.gradient(w - h * v)) / (2 * h)
    np.testing.assert_allclose(penalty.curvature(w, v), difference, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("penalty", EXAMPLES, ids=repr)
@pytest.mark.parametrize(
    ("w", "step"), list(itertools.product([-3.0, -0.2, 0.0, 0.05, 1.0, 8.0], [0.0, 0.1, 1.0, 5.0]))
)
def test_the_prox_is_the_lowest_point_that_a_search_finds(penalty, w, step):
    if step == 0:
        assert penalty.prox([w], step)[0] == w
        return

    def price(u: float) -> float:
        return float(penalty.value([u])) + (u - w) ** 2 / (2 * step)

    found = float(penalty.prox([w], step)[0])
    grid = np.concatenate([np.linspace(-10, 10, 2001), found + np.linspace(-1e-3, 1e-3, 201)])
    # The search may not find a place that is lower by more than rounding.
    assert price(found) <= min(map(price, grid)) + 1e-12 * (1 + price(found))


@given(st.lists(weights, min_size=1, max_size=5), st.lists(weights, min_size=1, max_size=5), st.floats(1e-3, 10))
def test_a_prox_never_spreads_two_points(a, b, step):
    n = min(len(a), len(b))
    a, b = np.array(a[:n]), np.array(b[:n])
    for penalty in EXAMPLES:
        apart = np.abs(penalty.prox(a, step) - penalty.prox(b, step))
        assert (apart <= np.abs(a - b) * (1 + 1e-14) + 1e-14).all()


@given(weights, weights)
def test_prices_bend_upwards(a, b):
    for penalty in EXAMPLES:
        ends = float(penalty.value([a])), float(penalty.value([b]))
        assert float(penalty.value([(a + b) / 2])) <= sum(ends) / 2 * (1 + 1e-14) + 1e-300


@given(st.lists(weights, min_size=1, max_size=6), st.floats(1e-3, 10))
def test_the_elastic_net_is_the_lasso_then_the_ridge(w, step):
    both = ElasticNet(l1=0.7, l2=1.3)
    np.testing.assert_allclose(both.value(w), L1(0.7).value(w) + L2(1.3).value(w), rtol=1e-14)
    np.testing.assert_allclose(both.prox(w, step), L2(1.3).prox(L1(0.7).prox(w, step), step), rtol=1e-14)


def test_a_kink_is_said_and_gives_zeros():
    assert [p.smooth for p in (L1(1), L2(1), ElasticNet(1, 1), ElasticNet(), L1(0))] == [False, True, False, True, True]
    assert L1(1.0).prox([0.3, -0.3, 0.0], step=0.5).tolist() == [0.0, 0.0, 0.0]
    assert L1(1.0).gradient([0.0, -0.0]).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("penalty", EXAMPLES, ids=repr)
def test_extreme_weights_warn_of_nothing_and_nan_stays(penalty):
    w = np.array([1e200, -1e308, 5e-324, 0.0, np.inf, -np.inf])
    with np.errstate(all="raise"):
        answers = penalty.value(w[:4]), penalty.gradient(w), penalty.curvature(w, np.ones(6)), penalty.prox(w, 0.5)
        assert not any(np.isnan(a).any() for a in answers)
        nan = np.array([np.nan, 1.0])
        assert np.isnan(penalty.value(nan))
        assert np.isnan(penalty.gradient(nan)[0])
        assert np.isnan(penalty.prox(nan, 0.5)[0])


def test_the_largest_prices_are_right_where_they_exist():
    assert float(L2(1e-300).value([1e200])) == pytest.approx(5e99)
    assert float(L1(2.0).value([1e307])) == 2e307
    for penalty in (L1(2.0), L2(2.0), ElasticNet(1.0, 1.0)):
        assert float(penalty.value([np.inf, 1.0])) == np.inf


@pytest.mark.parametrize("penalty", EXAMPLES, ids=repr)
def test_type_shape_and_plain_numbers_are_kept(penalty):
    w = np.ones((2, 3), dtype=np.float32)
    for answer in (penalty.gradient(w), penalty.curvature(w, w), penalty.prox(w, 0.5)):
        assert answer.dtype == np.float32
        assert answer.shape == (2, 3)
    assert penalty.value(w).dtype == np.float32
    assert np.ndim(penalty.value([1, 2])) == 0
    assert np.ndim(penalty.prox(1.5, 0.5)) == 0


def test_strengths_are_checked_and_shown():
    with pytest.raises(InputError, match=r"strength must be a finite number of at least 0; got -1"):
        L2(-1)
    for bad in (math.nan, math.inf):
        with pytest.raises(InputError, match="l1 must be"):
            ElasticNet(l1=bad)
    with pytest.raises(InputTypeError, match="l2 must be a number"):
        ElasticNet(l2="much")  # pyright: ignore[reportArgumentType]
    assert repr(L1(0.5)) == "L1(strength=0.5)"
    assert L1(0.5) == L1(0.5) != L1(0.6)
    assert len({ElasticNet(1, 2), ElasticNet(1.0, 2.0)}) == 1


@pytest.mark.parametrize("cls", concrete(Penalty), ids=lambda cls: cls.__name__)
def test_every_penalty_has_its_card(cls):
    assert all((cls.equation, cls.gradient_equation, cls.prox_equation, cls.notes, cls.source))
    assert cls.__doc__.startswith(cls.equation)
    assert cls.__name__ in penalties.__doc__
