"""Definitions by hand, laws on random rows, the errors in words, and array libraries other than NumPy."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.errors import InputError, InputTypeError, UndefinedMetricWarning
from groundup.formulas import metrics

REGRESSION = ("r2", "explained_variance", "median_absolute_error", "mape", "max_error", "pinball")
HARD = ("accuracy", "balanced_accuracy", "matthews", "kappa", "precision", "recall", "specificity", "f1")
RANKING = ("roc_auc", "average_precision")
CHANCES = ("log_loss", "brier", "expected_calibration_error", "prediction_bias")


def quietly(function, *args, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        return function(*args, **kwargs)


def rows_for(name, rng, n=12):
    if name in REGRESSION:
        return rng.normal(size=n), rng.normal(size=n)
    y = np.append([0, 1], rng.integers(0, 2, n - 2))
    return y, (rng.integers(0, 2, n) if name in HARD else rng.integers(1, 8, n) / 8)


# ---------------------------------------------------------------------------------------------------- definitions


def test_every_metric_is_named_and_opens_with_its_formula():
    """The gallery takes the first line as the formula."""
    assert set(metrics.NAMES) == {n for n in metrics.__all__ if n == n.lower() and not n[0].isupper()} - {"NAMES"}
    for name, metric in metrics.NAMES.items():
        assert callable(metric)
        if name not in ("l1", "mae", "l2", "mse", "rmse"):
            first = metric.__doc__.splitlines()[0]
            assert ":" in first
            assert first.endswith(".")


def test_r2_keeps_its_digits_under_an_offset():
    """Kills a one-pass variance: Σy² - nȳ² has no digits left at 1e9."""
    y, prediction = np.arange(8.0), np.arange(8.0) + np.array([0.5, -0.5] * 4)
    exact = float(1 - Fraction(2) / Fraction(42))
    for offset in (0.0, 1e9, -1e12):
        assert metrics.r2(y + offset, prediction + offset) == pytest.approx(exact, rel=1e-14)
        assert metrics.explained_variance(y + offset, prediction + offset) == pytest.approx(exact, rel=1e-14)


def test_r2_knows_its_arguments_apart():
    assert metrics.r2([0, 0, 3], [0, 0, 1]) == pytest.approx(1 - 4 / 6)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e160, 1e300])
def test_ratios_of_squares_do_not_over_or_underflow(scale):
    y, prediction = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0])
    assert metrics.r2(y * scale, prediction * scale) == pytest.approx(0.5)
    assert metrics.explained_variance(y * scale, prediction * scale) == pytest.approx(2 / 3)
    weight = np.full(3, min(scale, 1e300))
    assert metrics.matthews([1, 0, 1], [1, 0, 0], sample_weight=weight) == pytest.approx(0.5)
    assert metrics.kappa([1, 0, 1], [1, 0, 0], sample_weight=weight) == pytest.approx(0.4)


def test_a_constant_is_constant_even_where_its_mean_is_rounded():
    """The mean of three times 0.1 is not 0.1; variance from it would make R² a huge negative number."""
    with pytest.warns(UndefinedMetricWarning, match="constant"):
        assert metrics.r2([0.1, 0.1, 0.1], [0.1, 0.1, 0.2]) == 0.0
    with pytest.warns(UndefinedMetricWarning, match="constant"):
        assert metrics.r2([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]) == 1.0


UNDEFINED = [
    (lambda: metrics.r2([1.0], [1.0]), math.nan),
    (lambda: metrics.adjusted_r2([1.0, 2.0], [1.0, 2.0], 1), math.nan),
    (lambda: metrics.explained_variance([1.0, 1.0], [2.0, 2.0]), 1.0),
    (lambda: metrics.mape([0.0], [1.0]), 2.0**52),
    (lambda: metrics.precision([1, 0], [0, 0]), 0.0),
    (lambda: metrics.recall([0, 0], [1, 0]), 0.0),
    (lambda: metrics.specificity([1, 1], [1, 0]), 0.0),
    (lambda: metrics.f1([0, 0], [0, 0]), 0.0),
    (lambda: metrics.f_beta([0, 0], [0, 0], 2.0), 0.0),
    (lambda: metrics.balanced_accuracy([0, 0], [0, 1]), 0.5),
    (lambda: metrics.matthews([0, 0], [0, 1]), 0.0),
    (lambda: metrics.kappa([0, 0], [0, 0]), math.nan),
    (lambda: metrics.roc_auc([0, 0], [0.1, 0.2]), math.nan),
    (lambda: metrics.roc_auc([7, 7], [0.1, 0.2]), math.nan),
    (lambda: metrics.average_precision([0, 0], [0.1, 0.2]), 0.0),
    (lambda: metrics.log_loss([0], [1.0]), -math.log(2.0**-52)),
    (lambda: metrics.log_loss([0], [1.0], smallest=1e-300), 300 * math.log(10)),
    (lambda: metrics.top_k_accuracy([0, 1], [[0.5, 0.5], [1.0, 0.0]], k=2), 1.0),
]


@pytest.mark.parametrize(("measure", "value"), UNDEFINED)
def test_what_has_no_value_gives_the_documented_one_and_a_warning(measure, value):
    with pytest.warns(UndefinedMetricWarning):
        assert measure() == pytest.approx(value, nan_ok=True)


def test_log_loss_is_infinite_where_asked_to_change_nothing():
    assert metrics.log_loss([0, 1], [1.0, 0.5], smallest=0.0) == math.inf
    assert metrics.log_loss([1, 0], [1.0, 0.0]) == 0.0
    assert metrics.log_loss([1, 0], [1.0, 1.0], sample_weight=[1, 0], smallest=0.0) == 0.0


def test_zero_division_speaks_only_when_it_is_not_chosen():
    assert metrics.precision([1, 0], [0, 0], zero_division=1) == 1.0
    assert math.isnan(metrics.precision([1, 0], [0, 0], zero_division=math.nan))
    assert metrics.precision(["a", "b"], ["a", "a"], average="macro", zero_division=math.nan) == 0.5


@pytest.mark.parametrize("seed", range(20))
def test_a_single_class_is_seen_through_rounded_weights(seed):
    """Kills a difference of sums that differ in their last digit: 1e-17 / 1e-17 instead of 0/0."""
    rng = np.random.default_rng(seed)
    prediction, weight = np.arange(40) % 5, rng.uniform(size=40)
    with pytest.warns(UndefinedMetricWarning):
        assert metrics.matthews(np.zeros(40, int), prediction, sample_weight=weight) == 0.0
    with pytest.warns(UndefinedMetricWarning):
        assert metrics.specificity(np.ones(40, int), prediction % 2, sample_weight=weight) == 0.0


def test_ties_count_one_half():
    """Kills a ranking by order of appearance: with all scores equal it gives 0 or 1, never one half."""
    y = [1, 1, 0, 0, 0]
    assert metrics.roc_auc(y, [0.5] * 5) == 0.5
    assert metrics.roc_auc(y[::-1], [0.5] * 5) == 0.5
    assert metrics.roc_auc([1, 0, 0], [0.5, 0.5, 0.1]) == 0.75


def test_small_integers_do_not_overflow():
    """uint8: 200 - 250 is 206, 300 ones are 44; bool: True + True is True."""
    y, prediction = np.array([200, 250, 100], np.uint8), np.array([250, 200, 100], np.uint8)
    assert metrics.max_error(y, prediction) == 50.0
    assert metrics.r2(y, prediction) == metrics.r2(y.astype(float), prediction.astype(float))
    yes = np.ones(300, np.bool_)
    assert metrics.prediction_bias(yes, yes) == 0.0
    assert metrics.confusion_matrix(yes, yes).tolist() == [[300]]
    assert metrics.precision(yes.astype(np.int8), yes.astype(np.uint8)) == 1.0
    assert metrics.brier(yes, np.full(300, 0.5, np.float16)) == 0.25
    huge = np.array([2**63 + 1, 2**63 + 3], np.uint64)
    assert metrics.accuracy(huge, np.array([1, 1], np.int64)) == 0.0
    # In float64, where NumPy lets uint64 and int64 meet, these two are equal.
    assert metrics.accuracy(np.array([2**53 + 1], np.uint64), np.array([2**53], np.int64)) == 0.0


def test_labels_of_any_kind():
    words = ["no", "yes", "yes", "no"]
    for y in (words, np.array(words), np.array(words, object), np.array(words, np.dtypes.StringDType())):
        assert metrics.accuracy(y, ["no", "yes", "no", "no"]) == 0.75
        assert metrics.precision(y, words, positive="yes") == 1.0
        assert metrics.roc_auc(y, [0.1, 0.9, 0.8, 0.2]) == 1.0
        assert metrics.brier(y, [0.0, 1.0, 1.0, 0.0]) == 0.0
    assert metrics.f1([True, False], [True, False]) == 1.0
    assert metrics.accuracy(np.array([1, 2], object), [1, 3]) == 0.5
    for frame in ("pandas", "polars"):
        library = pytest.importorskip(frame)
        assert metrics.accuracy(library.Series(words), library.Series(words)) == 1.0
        assert metrics.r2(library.Series([1.0, 2.0]), library.Series([1.0, 2.0])) == 1.0


def test_bias_that_cancels_overall_shows_in_the_buckets():
    y, prediction = [0, 0, 1, 1], [0.25, 0.25, 0.75, 0.75]
    assert metrics.prediction_bias(y, prediction) == 0.0
    by_bucket = metrics.prediction_bias_by_bucket(y, prediction, bins=2)
    assert by_bucket.bias.tolist() == [0.25, -0.25]
    assert by_bucket.weight.tolist() == [2, 2]


def test_calibration_error_of_many_classes_judges_the_largest_probability():
    chance = [[0.75, 0.25, 0.0], [0.75, 0.0, 0.25], [0.0, 1.0, 0.0]]
    # Bucket of 0.75: one of two right, bucket of 1.0: right.
    assert metrics.expected_calibration_error(["a", "b", "b"], chance, labels=["a", "b", "c"]) == pytest.approx(0.5 / 3)


# ----------------------------------------------------------------------------------------------------------- laws


@pytest.mark.parametrize("name", [*REGRESSION, *HARD, *RANKING, *CHANCES])
@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1))
def test_weights_are_repeats_and_order_is_irrelevant(name, seed):
    """Kills weights that are ignored, squared or applied to one sum only; a weight of 0 is an absent row."""
    rng = np.random.default_rng(seed)
    y, prediction = rows_for(name, rng)
    weight = np.append([1, 2], rng.integers(0, 4, len(y) - 2))
    metric = metrics.NAMES[name]
    weighted = quietly(metric, y, prediction, sample_weight=weight)
    repeated = quietly(metric, np.repeat(y, weight), np.repeat(prediction, weight))
    assert weighted == pytest.approx(repeated, rel=1e-11, abs=1e-12, nan_ok=True)
    order = rng.permutation(len(y))
    shuffled = quietly(metric, y[order], prediction[order], sample_weight=weight[order])
    assert weighted == pytest.approx(shuffled, rel=1e-11, abs=1e-12, nan_ok=True)
    eighths = quietly(metric, y, prediction, sample_weight=weight / 8)
    assert weighted == pytest.approx(eighths, rel=1e-11, abs=1e-12, nan_ok=True)
    assert quietly(metric, y[:, None], prediction) == quietly(metric, y, prediction[:, None])


@pytest.mark.parametrize("seed", range(10))
def test_quantile_buckets_take_weights_as_repeats(seed):
    """Kills edges that do not see the weights, though the means inside the buckets do."""
    rng = np.random.default_rng(seed)
    y, chance, weight = rng.integers(0, 2, 50), rng.uniform(size=50), rng.integers(1, 5, 50)
    y_repeated, repeated = np.repeat(y, weight), np.repeat(chance, weight)
    ones = np.ones(len(repeated))
    for metric in (metrics.calibration_curve, metrics.prediction_bias_by_bucket):
        weighted = metric(y, chance, bins=4, strategy="quantile", sample_weight=weight)
        by_rows = metric(y_repeated, repeated, bins=4, strategy="quantile", sample_weight=ones)
        np.testing.assert_allclose(weighted, by_rows, rtol=1e-12, atol=1e-12)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1))
def test_area_is_the_share_of_pairs_in_the_right_order(seed):
    """The definition, pair by pair; and turning the scores around turns the area around."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 20))
    y, score, weight = np.append([0, 1], rng.integers(0, 2, n)), rng.integers(0, 5, n + 2), rng.uniform(0.1, 2, n + 2)
    ahead = np.sign(np.subtract.outer(score[y == 1], score[y == 0])) / 2 + 0.5
    by_pairs = np.average(ahead, weights=np.outer(weight[y == 1], weight[y == 0]))
    area = metrics.roc_auc(y, score, sample_weight=weight)
    assert area == pytest.approx(by_pairs, abs=1e-12)
    assert metrics.roc_auc(y, -score, sample_weight=weight) == pytest.approx(1 - area, abs=1e-12)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1))
def test_extreme_numbers_bring_no_numpy_warning(seed):
    """Warnings are errors here, so any overflow, 0/0 or invalid value that slips out fails."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    extreme = np.array([0.0, 5e-324, -1e-308, 1.0, 1e308, -1.7e308])
    y, prediction = rng.choice(extreme, n), rng.choice(extreme, n)
    weight = rng.choice([5e-324, 1e-300, 1.0, 1e300], n)
    for name in REGRESSION:
        quietly(metrics.NAMES[name], y, prediction, sample_weight=weight)
    for name in (*HARD, *RANKING, "brier", "log_loss", "expected_calibration_error"):
        quietly(metrics.NAMES[name], rng.integers(0, 2, n), rng.integers(0, 2, n), sample_weight=weight)
    y = np.append(rng.integers(0, 2, n), [0, 1])
    quietly(metrics.roc_auc, y, rng.choice(extreme, n + 2))


# --------------------------------------------------------------------------------------------------------- errors

NAN, INF = math.nan, math.inf
WRONG = [
    (lambda: metrics.r2([1.0, 2.0], [1.0]), "y and prediction must have the same number of rows; they have 2 and 1"),
    (lambda: metrics.r2([1.0, 2.0], [[1.0, 2.0]]), "same number of rows"),
    (lambda: metrics.r2([], []), "at least one row"),
    (lambda: metrics.accuracy([], []), "at least one row"),
    (lambda: metrics.log_loss([], []), "at least one row"),
    (lambda: metrics.roc_auc([], []), "at least one row"),
    (lambda: metrics.r2([1.0, 2.0, NAN], [1.0, 2.0, 3.0]), "y must be finite numbers; row 2 holds nan"),
    (lambda: metrics.mape([1.0, 2.0], [1.0, INF]), "prediction must be finite numbers; row 1 holds inf"),
    (lambda: metrics.r2(np.ones((2, 2)), [[1.0, 2.0], [1.0, NAN]]), "row 1, column 1 holds nan"),
    (lambda: metrics.r2(np.ones((2, 2)), np.ones((2, 3))), "same number of columns; they have 2 and 3"),
    (lambda: metrics.r2([[1.0, 2.0], [1.0]], [1.0, 2.0]), "rows of equal length; came a list"),
    (lambda: metrics.r2(np.ones((2, 2, 2)), np.ones(2)), r"came \(2, 2, 2\)"),
    (lambda: metrics.r2([1.0, 2.0], [1.0, 2.0], sample_weight=[1.0, -1.0]), "at least 0; row 1 holds -1.0"),
    (lambda: metrics.r2([1.0, 2.0], [1.0, 2.0], sample_weight=[0.0, 0.0]), "positive, finite sum; it is 0.0"),
    (lambda: metrics.f1([1, 0], [1, 0], sample_weight=[0, 0]), "positive, finite sum"),
    (lambda: metrics.roc_auc([1, 0], [1, 0], sample_weight=[1.0]), "same number of rows"),
    (lambda: metrics.brier([1, 0], [1, 0], sample_weight=[1.0, NAN]), "sample_weight must be finite"),
    (lambda: metrics.r2([1.0, 2.0], [1.0, 2.0], multioutput="mean"), "multioutput must be one of"),
    (lambda: metrics.adjusted_r2([1.0, 2.0], [1.0, 2.0], -1), "n_features must be at least 0; came -1"),
    (lambda: metrics.pinball([1.0], [1.0], quantile=2), "between 0 and 1; came 2"),
    (lambda: metrics.accuracy([1, 0], [0.2, 0.7]), "row 0 holds 0.2. Cut scores at a threshold"),
    (lambda: metrics.accuracy(["a", None], ["a", "b"]), "row 1 holds None"),
    (lambda: metrics.accuracy([[1, 0], [0, 1]], [[1, 0], [0, 1]]), r"one entry a row.*came \(2, 2\)"),
    (lambda: metrics.precision(["a", "b"], ["a", "b"]), r"positive must be one of the labels \['a', 'b'\]; came 1"),
    (lambda: metrics.precision([0, 1, 2], [0, 1, 2]), "takes two labels; came 3"),
    (lambda: metrics.precision([0, 1], [0, 1], average="mean"), "average must be one of"),
    (lambda: metrics.precision([0, 1], [0, 1], zero_division=2), "zero_division must be"),
    (lambda: metrics.f_beta([0, 1], [0, 1], -1.0), "beta must be at least 0; came -1.0"),
    (lambda: metrics.confusion_matrix([0, 1], [0, 1], labels=[2, 3]), "at least one label of y"),
    (lambda: metrics.confusion_matrix([0, 1], [0, 1], labels=[0, 0]), "each once"),
    (lambda: metrics.confusion_matrix([0, 1], [0, 1], normalise="pred"), "normalise must be one of"),
    (lambda: metrics.roc_curve([0, 1, 2], [0.1, 0.2, 0.3]), "Two labels were expected; came 3"),
    (lambda: metrics.roc_curve([5, 5], [0.1, 0.2]), "only the label 5"),
    (lambda: metrics.roc_auc([0, 1], [0.1, NAN]), "score must be finite numbers; row 1 holds nan"),
    (lambda: metrics.roc_auc([0, 1, 2], np.ones((3, 3))), "sum to 1; row 0 sums to 3.0"),
    (lambda: metrics.roc_auc([0, 1, 1], np.full((3, 3), 1 / 3)), "it has 3 for 2 classes"),
    (lambda: metrics.log_loss([0, 1], [0.5, 1.5]), "between 0 and 1; row 1 holds 1.5"),
    (lambda: metrics.log_loss([0, 1], [-0.5, 0.5]), "between 0 and 1; row 0 holds -0.5"),
    (lambda: metrics.log_loss([0, 1], [[0.5, 0.5], [0.5, 0.6]]), "sum to 1; row 1 sums to 1.1"),
    (lambda: metrics.log_loss([0, 1], [NAN, 0.5]), "row 0 holds nan"),
    (lambda: metrics.log_loss(["a", "d"], np.full((2, 3), 1 / 3), labels=["a", "b", "c"]), "row 1 holds 'd'"),
    (lambda: metrics.log_loss([0, 1], [0.5, 0.5], smallest=-1), "smallest"),
    (lambda: metrics.brier([0, 1, 2], [0.5, 0.5, 0.5]), "Two labels were expected"),
    (lambda: metrics.top_k_accuracy([0, 1], [0.5, 0.5], k=0), "k must be at least 1"),
    (lambda: metrics.calibration_curve([0, 1], [0.5, 0.5], bins=0), "bins must be at least 1"),
    (lambda: metrics.calibration_curve([0, 1], [0.5, 0.5], strategy="even"), "strategy must be one of"),
    (lambda: metrics.calibration_curve([0, 1], [0.5, 7.0]), "row 1 holds 7.0"),
]


@pytest.mark.parametrize(("measure", "sentence"), WRONG)
def test_errors_say_what_came_and_where(measure, sentence):
    with pytest.raises(InputError, match=sentence):
        measure()


@pytest.mark.parametrize(
    "measure",
    [
        lambda: metrics.r2(["a", "b"], ["a", "b"]),
        lambda: metrics.r2([10**400, 2], [1.0, 2.0]),
        lambda: metrics.r2(np.array([1j, 2j]), [1.0, 2.0]),
        lambda: metrics.r2(np.ma.array([1.0, 2.0], mask=[0, 1]), [1.0, 2.0]),
        lambda: metrics.accuracy(["a", "b"], [0, 1]),
        lambda: metrics.accuracy(np.array(["a", 1], object), [0, 1]),
    ],
)
def test_things_of_the_wrong_kind(measure):
    with pytest.raises(InputTypeError):
        measure()


# ------------------------------------------------------------------------------------------------ array libraries


def strict():
    return pytest.importorskip("array_api_strict").asarray


def torch():
    return pytest.importorskip("torch").asarray


@pytest.mark.parametrize("library", [strict, torch])
@pytest.mark.parametrize("name", [*REGRESSION, *CHANCES, *HARD, *RANKING])
def test_other_array_libraries_give_the_same_numbers(library, name):
    asarray = library()
    rng = np.random.default_rng(3)
    y, prediction = rows_for(name, rng)
    weight = rng.integers(0, 4, len(y)) / 4
    weight[:2] = 1
    metric = metrics.NAMES[name]
    expected = metric(y, prediction, sample_weight=weight)
    for label in (asarray(y), y):  # labels may live elsewhere than predictions
        assert metric(label, asarray(prediction), sample_weight=asarray(weight)) == pytest.approx(expected, rel=1e-13)
        assert metric(label, asarray(prediction), sample_weight=weight) == pytest.approx(expected, rel=1e-13)
    assert metric(asarray(y), prediction) == pytest.approx(metric(y, prediction), rel=1e-13)
    assert isinstance(metric(asarray(y), asarray(prediction)), float)


@pytest.mark.parametrize("library", [strict, torch])
def test_other_array_libraries_with_many_outputs_and_classes(library):
    asarray = library()
    rng = np.random.default_rng(4)
    y, prediction = rng.normal(size=(9, 3)), rng.normal(size=(9, 3))
    for name in REGRESSION:
        each = metrics.NAMES[name](asarray(y), asarray(prediction), multioutput="raw_values")
        assert type(each) is type(asarray(y))
        np.testing.assert_allclose(
            np.asarray(each), metrics.NAMES[name](y, prediction, multioutput="raw_values"), rtol=1e-13
        )
    label, chance = np.arange(9) % 3, np.abs(y) / np.abs(y).sum(axis=1, keepdims=True)
    for name in ("log_loss", "brier", "expected_calibration_error", "roc_auc", "average_precision", "top_k_accuracy"):
        ours = metrics.NAMES[name](asarray(label), asarray(chance))
        assert ours == pytest.approx(metrics.NAMES[name](label, chance), rel=1e-13)


def test_tensors_in_training_can_be_measured():
    """A tensor that carries a gradient is read, not trained through."""
    tensor = pytest.importorskip("torch").ones(3, requires_grad=True)
    assert metrics.mape([1.0, 1.0, 2.0], tensor) == pytest.approx(1 / 6)
    assert metrics.accuracy([1, 1, 2], tensor) == pytest.approx(2 / 3)
    assert metrics.brier([1, 1, 0], tensor) == pytest.approx(1 / 3)
