"""Thresholds: each rule finds what trying every cut by hand finds, and the threshold cuts exactly there."""

import itertools
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import groundup as gu
from groundup.formulas import metrics
from groundup.formulas.metrics.thresholds import METRICS, choose_threshold, threshold_curve

Y, P = np.array([0, 0, 1, 1]), np.array([0.125, 0.5, 0.25, 1.0])
BY_HAND = {
    "accuracy": metrics.accuracy,
    "balanced_accuracy": metrics.balanced_accuracy,
    "f1": metrics.f1,
    "f2": lambda y, found, **more: metrics.f_beta(y, found, 2, **more),
    "f0.5": lambda y, found, **more: metrics.f_beta(y, found, 0.5, **more),
    "matthews": metrics.matthews,
    "kappa": metrics.kappa,
}


@st.composite
def judged(draw):
    """2 to 12 rows of both labels, with ties, zeros and ones among the probabilities, and neighbouring floats."""
    chances = st.sampled_from([0.0, 5e-324, 0.25, np.nextafter(0.25, 1), 0.5, np.nextafter(1, 0), 1.0]) | st.floats(
        0, 1
    )
    n = draw(st.integers(2, 12))
    y = [0, 1, *draw(st.lists(st.integers(0, 1), min_size=n - 2, max_size=n - 2))]
    weight = draw(st.lists(st.integers(1, 4), min_size=n, max_size=n))
    return np.array(y), np.array(draw(st.lists(chances, min_size=n, max_size=n))), np.array(weight, dtype=float)


@given(judged(), st.sampled_from(sorted(METRICS)))
def test_every_point_of_the_curve_is_the_metric_at_that_cut(rows, by):
    """Kills: counts off by one row, a middle that rounds onto a neighbour, a formula with fp and fn exchanged."""
    y, p, weight = rows
    curve = threshold_curve(y, p, by, sample_weight=weight)
    assert np.all(np.diff(curve.threshold) > 0)
    assert len(curve.threshold) == len(np.unique(p)) + 1
    for place, threshold in enumerate(curve.threshold):
        found = (p >= threshold).astype(int)
        counts = [np.sum(weight[(y == a) & (found == b)]) for a, b in ((1, 1), (0, 1), (1, 0), (0, 0))]
        assert [column[place] for column in curve[1:5]] == counts
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", gu.UndefinedMetricWarning)
            assert curve.value[place] == pytest.approx(BY_HAND[by](y, found, sample_weight=weight), abs=1e-12)


@given(judged(), st.sampled_from(sorted(METRICS)))
def test_no_cut_is_better_than_the_chosen_one(rows, by):
    y, p, weight = rows
    chosen = choose_threshold(y, p, by, sample_weight=weight)
    assert chosen.value == chosen.curve.value.max() == chosen.curve.value[chosen.place]


@given(judged(), st.integers(0, 5), st.integers(0, 5))
def test_costs_are_as_small_as_any_cut_makes_them(rows, false_positive, false_negative):
    y, p, _ = rows
    chosen = choose_threshold(y, p, cost_false_positive=false_positive, cost_false_negative=false_negative)
    cuts = [*np.unique(p), 2.0]
    cost = min(
        false_positive * np.sum((p >= cut) & (y == 0)) + false_negative * np.sum((p < cut) & (y == 1)) for cut in cuts
    )
    assert chosen.value == pytest.approx(cost / len(y), abs=1e-12)
    found = p >= chosen.threshold
    assert false_positive * np.sum(found & (y == 0)) + false_negative * np.sum(~found & (y == 1)) == cost


@given(judged(), st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0]), st.sampled_from(["recall", "precision"]))
def test_what_is_required_is_reached_and_the_other_is_the_best_possible(rows, wanted, rule):
    y, p, _ = rows
    cuts = [p >= cut for cut in np.unique(p)]
    measured = [(np.sum(f & (y == 1)) / np.sum(y == 1), np.sum(f & (y == 1)) / np.sum(f)) for f in cuts]
    own, other = (0, 1) if rule == "recall" else (1, 0)
    enough = [pair[other] for pair in measured if pair[own] >= wanted]
    if not enough:
        with pytest.raises(gu.InputError, match=f"No threshold reaches a {rule}"):
            choose_threshold(y, p, **{rule: wanted})
        return
    chosen = choose_threshold(y, p, **{rule: wanted})
    assert chosen.value == pytest.approx(max(enough), abs=1e-12)
    assert getattr(chosen.curve, rule)[chosen.place] >= wanted


def test_true_probabilities_are_cut_where_theory_says():
    """Elkan: c_fp / (c_fp + c_fn). The cost is flat there, so only a broad band is asked: one false alarm in 10^6."""
    p = np.linspace(0.001, 0.999, 200_001)
    y = (np.random.default_rng(0).random(len(p)) < p).astype(int)
    for false_positive, false_negative in itertools.product((1, 4), (1, 9)):
        chosen = choose_threshold(y, p, cost_false_positive=false_positive, cost_false_negative=false_negative)
        assert chosen.threshold == pytest.approx(false_positive / (false_positive + false_negative), abs=0.05)


def test_the_threshold_lies_between_rows_and_among_equals_nearest_to_one_half():
    chosen = choose_threshold(["no", "no", "yes"], [0.1, 0.2, 0.9])
    assert (chosen.threshold, chosen.value) == (pytest.approx(0.55), 1.0)
    assert choose_threshold(Y, P, "accuracy").threshold == 0.75  # 0.1875 is as good, but further from 0.5
    assert choose_threshold([1, 0], [1.0, 1.0], cost_false_positive=9).threshold == math.inf  # none at all


def test_text_labels_and_the_one_that_counts():
    swapped = choose_threshold(["a", "b", "a"], [0.9, 0.2, 0.6], positive="a")
    assert swapped.value == 1.0
    assert choose_threshold(["b", "a", "b"], [0.9, 0.2, 0.6]).value == 1.0


def test_where_nothing_is_found_precision_is_not_a_number_and_is_never_chosen():
    curve = threshold_curve(Y, P)
    assert math.isnan(curve.precision[-1])
    assert curve.recall.tolist() == [1.0, 1.0, 0.5, 0.5, 0.0]
    assert curve.false_positive_rate.tolist() == [1.0, 0.5, 0.5, 0.0, 0.0]
    assert choose_threshold(Y, P, recall=0.0).value == 1.0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"by": "f3"}, "by must be one of"),
        ({"recall": 0.5, "precision": 0.5}, "One rule chooses"),
        ({"recall": 0.5, "cost_false_positive": 1}, "One rule chooses"),
        ({"recall": 1.5}, "share between 0 and 1; came 1.5"),
        ({"cost_false_positive": -1}, "cost_false_positive must be a number that is at least 0; came -1"),
        ({"cost_false_negative": math.nan}, "came nan"),
        ({"positive": "x"}, "positive must be one of"),
    ],
)
def test_rules_that_cannot_be_followed_are_one_sentence(more, said):
    with pytest.raises(gu.InputError, match=said):
        choose_threshold(Y, P, **more)


@pytest.mark.parametrize(
    ("y", "p", "said"),
    [
        ([1, 1], [0.2, 0.3], "rows of both labels; all 2 rows hold 1"),
        ([0, 1], [0.2, 1.3], "between 0 and 1"),
        ([0, 1], [0.2, math.nan], "finite"),
        ([0, 1, 1], [0.2, 0.3], "same number of rows"),
        ([0, 1], [[0.2, 0.8], [0.3, 0.7]], "one entry a row"),
    ],
)
def test_rows_that_cannot_be_cut_are_one_sentence(y, p, said):
    with pytest.raises(gu.InputError, match=said):
        choose_threshold(y, p)
