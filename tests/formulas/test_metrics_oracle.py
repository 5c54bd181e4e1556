"""Every metric equals scikit-learn's to 1e-12, on random rows and on the degenerate ones that small samples bring.

Sizes start at one row and labels are few, so that empty classes, constant targets, ties and 0/0 come up all the time.
Kills: any wrong convention (0/0, ties, one class, bins), weights ignored or misplaced, arguments swapped.
"""

import inspect
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.formulas import metrics

sk = pytest.importorskip("sklearn.metrics")
calibration = pytest.importorskip("sklearn.calibration")

TOLERANCE = 1e-12
settings.register_profile("metrics", max_examples=60, deadline=None, derandomize=True)
several = settings(settings.get_profile("metrics"))


def quietly(function, *args, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*args, **kwargs)


def same(ours, theirs):
    np.testing.assert_allclose(np.asarray(ours), np.asarray(theirs), rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)


@st.composite
def generators(draw):
    return np.random.default_rng(draw(st.integers(0, 2**32 - 1)))


# Weights are eighths: sums of them are exact, so neither library's rounding decides whether two halves are equal.
def some_weights(rng, n):
    kind = rng.integers(4)
    if kind == 0:
        return None
    weight = rng.integers(0 if kind == 1 else 1, 9, n) / 8
    weight[rng.integers(n)] = 1.0
    return weight


def some_numbers(rng, shape):
    kind = rng.integers(4)
    if kind == 0:
        return rng.integers(-2, 3, shape).astype(float)
    if kind == 1:
        return rng.integers(0, 2, shape).astype(rng.choice([np.bool_, np.uint8, np.int64]))
    return rng.normal(size=shape) * 10.0 ** rng.integers(-3, 4) + (kind == 3) * 100.0


REGRESSION = [
    (metrics.r2, sk.r2_score, {}),
    (metrics.explained_variance, sk.explained_variance_score, {}),
    (metrics.median_absolute_error, sk.median_absolute_error, {}),
    (metrics.mape, sk.mean_absolute_percentage_error, {}),
    (metrics.pinball, sk.mean_pinball_loss, {"quantile": 0.9}),
]


@pytest.mark.parametrize(("ours", "theirs", "options"), REGRESSION, ids=lambda x: getattr(x, "__name__", ""))
@several
@given(rng=generators())
def test_regression_metrics_equal_scikit_learn(ours, theirs, options, rng):
    n, m = int(rng.integers(1, 12)), int(rng.integers(1, 4))
    y, prediction, weight = some_numbers(rng, (n, m)), some_numbers(rng, (n, m)), some_weights(rng, n)
    same_options = {"alpha": options["quantile"]} if options else {}
    for multioutput in ("uniform_average", "raw_values"):
        expected = quietly(
            theirs,
            np.asarray(y, float),
            np.asarray(prediction, float),
            sample_weight=weight,
            multioutput=multioutput,
            **same_options,
        )
        result = quietly(ours, y, prediction, sample_weight=weight, multioutput=multioutput, **options)
        if ours is metrics.mape:  # y = 0 makes numbers of 1e16; compare them relatively only
            np.testing.assert_allclose(result, expected, rtol=TOLERANCE)
        elif np.all(np.isfinite(expected)) and np.min(expected) < -1e12:
            continue  # scikit-learn sees 1e-17 of variance in a constant column; ours is exactly constant
        else:
            np.testing.assert_allclose(result, expected, rtol=1e-11 if np.max(np.abs(expected)) > 1 else 0, atol=1e-12)


@several
@given(rng=generators())
def test_max_error_and_the_losses_equal_scikit_learn(rng):
    n = int(rng.integers(1, 12))
    y, prediction, weight = rng.normal(size=n), rng.normal(size=n), some_weights(rng, n)
    same(metrics.max_error(y, prediction), sk.max_error(y, prediction))
    same(metrics.mae(y, prediction, weight), sk.mean_absolute_error(y, prediction, sample_weight=weight))
    same(metrics.mse(y, prediction, weight), sk.mean_squared_error(y, prediction, sample_weight=weight))
    same(metrics.rmse(y, prediction, weight), sk.root_mean_squared_error(y, prediction, sample_weight=weight))


def test_adjusted_r2_equals_statsmodels():
    linear_model = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(1)
    X, weight = rng.normal(size=(30, 3)), rng.uniform(0.5, 2, 30)
    y = X @ [1.0, 2.0, 3.0] + rng.normal(size=30)
    fit = linear_model.WLS(y, linear_model.add_constant(X), weights=weight).fit()
    same(metrics.adjusted_r2(y, fit.fittedvalues, 3, sample_weight=weight), fit.rsquared_adj)


def some_labels(rng, n, k):
    kinds = [np.arange(k), np.array(["ash", "birch", "cedar", "dogwood"])[:k], np.arange(k, dtype=np.uint8) + 250]
    if k <= 2:
        kinds += [np.array([False, True])[:k], np.array([-1, 1])[:k], np.array([0.0, 1.0])[:k]]
    names = kinds[rng.integers(len(kinds))]
    return names, names[rng.integers(0, k, n)], names[rng.integers(0, k, n)]


@several
@given(rng=generators())
def test_single_numbers_of_the_confusion_matrix_equal_scikit_learn(rng):
    n, k = int(rng.integers(1, 12)), int(rng.integers(1, 5))
    names, y, prediction = some_labels(rng, n, k)
    weight = some_weights(rng, n)
    for ours, theirs, options in [
        (metrics.accuracy, sk.accuracy_score, {}),
        (metrics.balanced_accuracy, sk.balanced_accuracy_score, {}),
        (metrics.matthews, sk.matthews_corrcoef, {}),
        (metrics.kappa, sk.cohen_kappa_score, {}),
        (metrics.kappa, sk.cohen_kappa_score, {"weights": "linear"}),
        (metrics.kappa, sk.cohen_kappa_score, {"weights": "quadratic"}),
        (metrics.confusion_matrix, sk.confusion_matrix, {}),
    ]:
        expected = quietly(theirs, y, prediction, sample_weight=weight, **options)
        same(quietly(ours, y, prediction, sample_weight=weight, **options), expected)
    some = rng.permutation(names)[: rng.integers(1, k + 1)]
    for ours, theirs in [(None, None), ("true", "true"), ("prediction", "pred"), ("all", "all")]:
        if np.any(np.isin(y, some)):
            same(
                metrics.confusion_matrix(y, prediction, sample_weight=weight, normalise=ours, labels=some),
                quietly(sk.confusion_matrix, y, prediction, sample_weight=weight, normalize=theirs, labels=some),
            )


HITS = [
    (metrics.precision, sk.precision_score, {}),
    (metrics.recall, sk.recall_score, {}),
    (metrics.f1, sk.f1_score, {}),
    (metrics.f_beta, sk.fbeta_score, {"beta": 0.0}),
    (metrics.f_beta, sk.fbeta_score, {"beta": 0.5}),
    (metrics.f_beta, sk.fbeta_score, {"beta": 3.0}),
    (metrics.f_beta, sk.fbeta_score, {"beta": np.inf}),
]


@several
@given(rng=generators())
def test_precision_recall_and_f_equal_scikit_learn(rng):
    n, k = int(rng.integers(1, 12)), int(rng.integers(1, 5))
    names, y, prediction = some_labels(rng, n, k)
    weight = some_weights(rng, n)
    zero = [{}, {"zero_division": 0}, {"zero_division": 1}, {"zero_division": np.nan}][rng.integers(4)]
    for ours, theirs, options in HITS:
        for average in ("micro", "macro", "weighted", None):
            for labels in (None, names):
                more = {**options, **zero, "average": average, "labels": labels, "sample_weight": weight}
                if labels is not None and not np.any(np.isin(y, labels)):
                    continue
                same(quietly(ours, y, prediction, **more), quietly(theirs, y, prediction, **more))
        if len(np.unique([y, prediction])) <= 2:
            yes = names.tolist()[-1]
            more = {**options, **zero, "sample_weight": weight}
            if yes in [*y.tolist(), *prediction.tolist()] or len(np.unique([y, prediction])) < 2:
                same(
                    quietly(ours, y, prediction, positive=yes, **more),
                    quietly(theirs, y, prediction, pos_label=yes, **more),
                )


@several
@given(rng=generators())
def test_specificity_is_the_recall_of_the_other_label(rng):
    n = int(rng.integers(1, 12))
    y, prediction, weight = rng.integers(0, 2, n), rng.integers(0, 2, n), some_weights(rng, n)
    if len(np.unique([y, prediction])) == 2:
        other = quietly(sk.recall_score, y, prediction, pos_label=0, sample_weight=weight)
        same(quietly(metrics.specificity, y, prediction, sample_weight=weight), other)
    _, y, prediction = some_labels(rng, n, 4)
    table = quietly(sk.multilabel_confusion_matrix, y, prediction, sample_weight=weight).astype(float)
    tn, wrong = table[:, 0, 0], table[:, 0].sum(axis=1)
    same(
        quietly(metrics.specificity, y, prediction, sample_weight=weight, average=None, zero_division=1),
        np.where(wrong > 0, tn / np.where(wrong > 0, wrong, 1), 1),
    )


def some_scores(rng, n):
    """Half of the time with many ties."""
    return rng.integers(0, 4, n) / 4 if rng.integers(2) else rng.uniform(size=n)


@several
@given(rng=generators())
def test_curves_of_two_classes_equal_scikit_learn(rng):
    n = int(rng.integers(1, 15))
    y, score, weight = rng.integers(0, 2, n), some_scores(rng, n), some_weights(rng, n)
    for drop in (True, False):
        same_curve(
            quietly(metrics.roc_curve, y, score, sample_weight=weight, drop_intermediate=drop),
            quietly(sk.roc_curve, y, score, sample_weight=weight, drop_intermediate=drop),
        )
    same_curve(
        quietly(metrics.precision_recall_curve, y, score, sample_weight=weight),
        quietly(sk.precision_recall_curve, y, score, sample_weight=weight),
    )
    same(
        quietly(metrics.average_precision, y, score, sample_weight=weight),
        quietly(sk.average_precision_score, y, score, sample_weight=weight),
    )
    rows = slice(None) if weight is None else weight > 0
    if len(np.unique(y[rows])) == len(np.unique(y)):  # a class of weight 0 only: nan there by another road
        same(
            quietly(metrics.roc_auc, y, score, sample_weight=weight),
            quietly(sk.roc_auc_score, y, score, sample_weight=weight),
        )


def same_curve(ours, theirs):
    for a, b in zip(ours, theirs, strict=True):
        same(a, b)


@several
@given(rng=generators())
def test_area_and_average_precision_of_many_classes_equal_scikit_learn(rng):
    k = int(rng.integers(3, 5))
    n = int(rng.integers(k, 15))
    y = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
    score, weight = rng.integers(1, 5, (n, k)).astype(float), some_weights(rng, n)
    score /= score.sum(axis=1, keepdims=True)
    full = None if weight is None else np.maximum(weight, 0.125)
    names = np.array(["ash", "birch", "cedar", "dogwood"])[:k]
    for average in ("macro", "weighted", "micro", None):
        same(
            metrics.roc_auc(names[y], score, average=average, sample_weight=full),
            sk.roc_auc_score(y, score, average=average, sample_weight=full, multi_class="ovr"),
        )
        same(
            metrics.average_precision(names[y], score, average=average, sample_weight=full),
            sk.average_precision_score(y, score, average=average, sample_weight=full),
        )
    for average in ("macro", "weighted"):
        same(
            metrics.roc_auc(y, score, multiclass="one_vs_one", average=average),
            sk.roc_auc_score(y, score, average=average, multi_class="ovo"),
        )
    missing, labels = np.where(y == k - 1, 0, y), np.arange(k)
    for multiclass, theirs in (("one_vs_rest", "ovr"), ("one_vs_one", "ovo")):
        for average in ("macro", "weighted"):
            same(
                quietly(metrics.roc_auc, missing, score, multiclass=multiclass, average=average, labels=labels),
                quietly(sk.roc_auc_score, missing, score, multi_class=theirs, average=average, labels=labels),
            )


@several
@given(rng=generators())
def test_top_k_equals_scikit_learn(rng):
    k = int(rng.integers(3, 6))
    n = int(rng.integers(1, 15))
    y, score, weight = rng.integers(0, k, n), rng.integers(0, 4, (n, k)).astype(float), some_weights(rng, n)
    for top in (1, 2, k):
        options = {"k": top, "labels": np.arange(k), "sample_weight": weight}
        same(
            quietly(metrics.top_k_accuracy, y, score, **options), quietly(sk.top_k_accuracy_score, y, score, **options)
        )
    y, score = np.append(rng.integers(0, 2, n), [0, 1]), rng.normal(size=n + 2)
    for s in (score, np.abs(score) / 10):
        same(metrics.top_k_accuracy(y, s, k=1), sk.top_k_accuracy_score(y, s, k=1))


@several
@given(rng=generators())
def test_log_loss_and_brier_equal_scikit_learn(rng):
    n, k = int(rng.integers(2, 12)), int(rng.integers(2, 5))
    names = [np.arange(k), np.array(["ash", "birch", "cedar", "dogwood"])[:k]][rng.integers(2)]
    y, weight = names[rng.integers(0, k, n)], some_weights(rng, n)
    chance = rng.integers(0, 3, (n, k)).astype(float) if rng.integers(2) else rng.uniform(size=(n, k))
    chance[:, 0] += chance.sum(axis=1) == 0
    chance /= chance.sum(axis=1, keepdims=True)
    options = {"sample_weight": weight, "labels": names}
    same(quietly(metrics.log_loss, y, chance, **options), quietly(sk.log_loss, y, chance, **options))
    same(metrics.brier(y, chance, **options), sk.brier_score_loss(y, chance, **options))
    y, p = rng.integers(0, 2, n), chance[:, 0]
    same(metrics.brier(y, p, sample_weight=weight), sk.brier_score_loss(y, p, sample_weight=weight))
    same(
        quietly(metrics.log_loss, y, p, sample_weight=weight),
        quietly(sk.log_loss, y, p, labels=[0, 1], sample_weight=weight),
    )


@several
@given(rng=generators())
def test_calibration_curve_equals_scikit_learn(rng):
    n, bins = int(rng.integers(1, 30)), int(rng.integers(1, 12))
    y, p = rng.integers(0, 2, n), some_scores(rng, n)
    for strategy in ("uniform", "quantile"):
        ours = metrics.calibration_curve(y, p, bins=bins, strategy=strategy)
        same_curve(ours[:2], calibration.calibration_curve(y, p, n_bins=bins, strategy=strategy))
        assert ours.weight.sum() == n


def test_scikit_learn_catches_our_warning():
    """A library that filters scikit-learn's UndefinedMetricWarning filters ours with it."""
    from sklearn.exceptions import UndefinedMetricWarning

    with pytest.warns(UndefinedMetricWarning) as caught:
        metrics.precision([0, 1], [0, 0])
    assert caught[0].filename == inspect.getfile(test_scikit_learn_catches_our_warning)
