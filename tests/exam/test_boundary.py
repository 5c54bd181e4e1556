"""Boundaries keep what they promise: the false-alarm probability, against draws and against other formulas."""

from __future__ import annotations

import numpy as np
import pytest

import groundup as gu

B = gu.exam.boundary


def test_chi_square_is_two_sided_and_exact():
    stats = pytest.importorskip("scipy.stats")
    low, high = B.chi_square(7, p=0.01)
    assert stats.chi2.cdf(low, 7) == pytest.approx(0.005)
    assert stats.chi2.sf(high, 7) == pytest.approx(0.005)


@pytest.mark.parametrize(("n", "chance"), [(10, 0.5), (2000, 0.03), (50, 0.99)])
def test_binomial_keeps_its_level_and_no_narrower_one_does(n, chance):
    stats = pytest.importorskip("scipy.stats")
    low, high = B.binomial(n, chance, p=0.01)
    law = stats.binom(n, chance)
    assert law.cdf(low - 1) <= 0.005
    assert law.sf(high) <= 0.005
    assert law.cdf(low) > 0.005
    assert law.sf(high - 1) > 0.005


def test_dkw_and_mean_hold_over_draws():
    """2,000 draws at level 0.05: more than 150 crossings have a probability below 1e-6 for a bound that holds."""
    rng = np.random.default_rng(0)
    draws = rng.random((2000, 50))
    assert sum(B.largest_gap(row) > B.dkw(50, 0.05) for row in draws) <= 150
    assert sum(abs(row.mean() - 0.5) > B.mean(50, 0, 1, 0.05) for row in draws) <= 150
    assert sum(abs(row.mean() - 0.5) > B.mean(50, 0, 1, 0.05, variance=1 / 12) for row in draws) <= 150


def test_the_e_process_is_a_fair_bet_at_its_claim():
    process = B.EProcess()
    win, lose = B.EProcess(), B.EProcess()
    win.see(True)
    lose.see(False)
    assert 0.99 * win.wealth + 0.01 * lose.wealth == pytest.approx(process.wealth)
    assert B.e_process([True] * 12) == "accepted"
    assert B.e_process([False] * 5) == "rejected"
    assert B.e_process([True] * 11) == "go on"


def test_mean_needs_numbers_between_bounds():
    with pytest.raises(gu.InputError, match="low < high"):
        B.mean(10, 1.0, 1.0)


@pytest.mark.parametrize(("hits", "tries"), [(0, 10_000), (1, 20), (7, 7), (30, 90)])
def test_a_share_is_that_of_clopper_and_pearson(hits, tries):
    stats = pytest.importorskip("scipy.stats")
    interval = stats.binomtest(hits, tries).proportion_ci(0.99, method="exact")
    assert B.share(hits, tries, p=0.01) == pytest.approx((interval.low, interval.high), rel=1e-10)


def test_a_share_needs_tries_and_no_more_hits_than_those():
    for wrong in ((1, 0), (3, 2), (-1, 5)):
        with pytest.raises(gu.InputError, match="hits"):
            B.share(*wrong)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: B.chi_square(3, p=2), "p must be a probability between 0 and 1; got 2"),
        (lambda: B.chi_square(0), "degrees must be a number above 0; got 0"),
        (lambda: B.binomial(10, 1.5), "chance must be a probability between 0 and 1; got 1.5"),
        (lambda: B.binomial(0, 0.5), "tries must be a whole number from 1 on; got 0"),
        (lambda: B.dkw(400, 0.0), "p must be a probability"),
        (lambda: B.share(1, 2, p=-1), "p must be a probability"),
        (lambda: B.mean(10, 0.0, 1.0, p=1.5), "p must be a probability"),
        (lambda: B.largest_gap([0.1, 1.2]), "levels must be numbers between 0 and 1, such as law.cdf.draws.; got 1.2"),
        (lambda: B.largest_gap([]), "levels must be numbers between 0 and 1"),
        (lambda: B.largest_gap([0.1, float("nan")]), "got nan"),
        (lambda: B.student(-1), "degrees must be"),
    ],
)
def test_what_is_no_probability_is_refused_by_the_name_of_the_argument(call, says):
    """Kills: (inf, 0.0) for p = 2 and a gap of 0.7 for a level of 1.2, in silence."""
    with pytest.raises(gu.InputError, match=says):
        call()
