"""Domains: what is inside, what is outside, and that their own samples are inside."""

from __future__ import annotations

import math

import numpy as np
import pytest

from groundup.errors import InputError, InputTypeError
from groundup.formulas import domains
from groundup.formulas.domains import Binary, Domain, NonNegative, OneHot, Positive, Real, Simplex, UnitInterval

ALL = [cls() for cls in Domain.__subclasses__() if cls.__module__.startswith("groundup")]
every_domain = pytest.mark.parametrize("domain", ALL, ids=repr)

NUMBERS = [-math.inf, -1.0, -5e-324, 0.0, 5e-324, 0.5, 1.0, 1.0000000000000002, 2.0, math.inf, math.nan]
INSIDE = {
    Real: [-1.0, -5e-324, 0.0, 5e-324, 0.5, 1.0, 1.0000000000000002, 2.0],
    NonNegative: [0.0, 5e-324, 0.5, 1.0, 1.0000000000000002, 2.0],
    Positive: [5e-324, 0.5, 1.0, 1.0000000000000002, 2.0],
    Binary: [0.0, 1.0],
    UnitInterval: [0.0, 5e-324, 0.5, 1.0],
}


@pytest.mark.parametrize("cls", INSIDE, ids=lambda cls: cls.__name__)
def test_each_number_is_inside_or_outside(cls):
    assert [x for x in NUMBERS if cls().contains([x])] == INSIDE[cls]
    for x in NUMBERS:
        if x not in INSIDE[cls]:
            with pytest.raises(InputError, match="row 1 holds"):
                cls().check([[INSIDE[cls][0]], [x]])


@pytest.mark.parametrize(
    ("row", "one_hot", "simplex"),
    [
        ([1, 0, 0], True, True),
        ([0.25, 0.75, 0], False, True),
        ([0.1] * 10, False, True),
        ([1 / 3] * 3, False, True),
        ([1, 1, 0], False, False),
        ([0, 0, 0], False, False),
        ([1.5, -0.5, 0], False, False),
        ([0.25, 0.7, 0], False, False),
        ([0.25, 0.75 + 1e-12], False, False),
        ([math.nan, 1, 0], False, False),
        ([math.inf, 0, 0], False, False),
    ],
)
def test_each_row_is_inside_or_outside(row, one_hot, simplex):
    assert OneHot().contains([row]) == OneHot().contains(row) == one_hot
    assert Simplex().contains([row]) == Simplex().contains(row) == simplex


@every_domain
@pytest.mark.parametrize("shape", [(200, 1), (200, 5)])
def test_samples_are_inside_and_differ(domain, shape):
    for seed in range(5):
        y = domain.sample(np.random.default_rng(seed), shape)
        assert y.shape == shape
        assert domain.contains(y)
        assert len(np.unique(y)) > 1 or shape[1] == 1


@every_domain
def test_samples_in_float32_are_inside_too(domain):
    assert domain.contains(domain.sample(np.random.default_rng(0), (1000, 4)).astype(np.float32))


def test_samples_reach_the_edges():
    rng = np.random.default_rng(0)
    assert {0.0, 1.0} <= set(UnitInterval().sample(rng, (50,)).tolist())
    assert 0.0 in NonNegative().sample(rng, (50,))
    assert 1.0 in Simplex().sample(rng, (50, 3))


@every_domain
def test_the_labels_come_back_as_numbers_of_their_type(domain):
    y = domain.sample(np.random.default_rng(0), (4, 3)).astype(np.float32)
    assert domain.check(y) is y
    assert domain.check(np.eye(3, dtype=int)[[0, 1]] if domain != Positive() else [1]).dtype == np.float64


def test_the_place_is_named():
    with pytest.raises(InputError, match=r"y must be 0 or 1; row 1 holds 2.0"):
        Binary().check([0, 2, 3])
    with pytest.raises(InputError, match=r"labels must be at least 0; row 2, column 1 holds -1.0"):
        NonNegative().check(np.array([[0, 1], [2, 3], [4, -1]]), name="labels")
    with pytest.raises(InputError, match="got nan"):
        Real().check(math.nan)
    with pytest.raises(InputError, match=r"row 1 holds \[0.5, 0.6\]"):
        Simplex().check([[0.5, 0.5], [0.5, 0.6]])
    with pytest.raises(InputError, match=r"row 0 holds \[3.0, 1.0\]"):
        OneHot().check([3, 1])
    with pytest.raises(InputError, match=r"got 1.0"):
        OneHot().check(1.0)
    with pytest.raises(InputTypeError, match="y must hold numbers; got"):
        Real().check(["low", "high"])


@every_domain
def test_each_domain_says_what_and_what_to_do(domain):
    assert domain.words
    assert domain.hint.endswith(".")
    assert type(domain).__name__ in domains.__doc__
    assert type(domain)() == domain
    assert len({domain, type(domain)()}) == 1
