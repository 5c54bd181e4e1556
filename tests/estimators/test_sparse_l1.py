"""l1 on sparse rows: the answers of dense rows, exact zeros, and a proof of how far the minimum can be."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

import groundup as gu
from groundup.data.sparse import SparseRows
from groundup.estimators import sparse_fit
from groundup.estimators.class_task import class_task
from groundup.formulas.penalties import ElasticNet
from groundup.models.columns import ColumnObjective
from groundup.solve import column_newton
from groundup.solve.column_newton import level

sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")


@pytest.fixture(autouse=True)
def never_dense(monkeypatch):
    """Kills: toarray() anywhere."""

    def refuse(*_, **__):
        raise AssertionError("made dense")

    for kind in (sparse.csr_array, sparse.csc_array):
        for name in ("toarray", "todense"):
            monkeypatch.setattr(kind, name, refuse)


def texts(classes=2, n=300, d=40, seed=0):
    """Few words a row, one of them in all rows, one in none."""
    rng = np.random.default_rng(seed)
    X = np.where(rng.random((n, d)) < 0.1, rng.exponential(size=(n, d)), 0.0)
    X[:, 3], X[:, 5] = 0.0, 2.0
    z = X @ rng.normal(size=(d, classes)) + rng.gumbel(size=(n, classes))
    return X, np.argmax(z, axis=1), rng.integers(0, 3, n).astype(float)


SETTINGS = [
    {"l1": 0.004},
    {"l1": 0.004, "l2": 0.02},
    {"l1": 0.004, "fit_intercept": False},
    {"l1": 0.02, "class_weight": "balanced"},
    {"l1": 0.004, "multiclass": "one-vs-rest"},
    {"l1": 1.0},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=repr)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("classes", [2, 3])
def test_sparse_l1_is_dense_l1(classes, weighted, settings):
    """Kills: a bias that does not go along, weights left out of a bend, classes that are taken one by one."""
    X, y, w = texts(classes)
    w = w if weighted else None
    dense = gu.LogisticRegression(tolerance=1e-11, **settings).fit(X, y, w)
    model = gu.LogisticRegression(**settings).fit(sparse.csr_array(X), y, w)
    np.testing.assert_allclose(model.coef_, dense.coef_, atol=1e-8)
    assert np.array_equal(model.coef_ == 0, dense.coef_ == 0)
    np.testing.assert_allclose(model.predict_proba(sparse.csr_array(X)), dense.predict_proba(X), atol=1e-8)
    np.testing.assert_allclose(model.history_["loss"][-1], dense.history_["loss"][-1], rtol=1e-12)
    assert all(part.strip().split(": ")[-2].endswith("converged") for part in model.reason_.split(";"))
    assert 0 <= model.gap_ < 1e-8


def test_four_classes_have_many_weights_and_one_minimum():
    """With as many classes up as down a word's weights may all be shifted: objective and chances are still the same."""
    X, y, _ = texts(4)
    dense = gu.LogisticRegression(l1=0.004).fit(X, y)
    model = gu.LogisticRegression(l1=0.004).fit(sparse.csr_array(X), y)
    np.testing.assert_allclose(model.history_["loss"][-1], dense.history_["loss"][-1], rtol=1e-12)
    np.testing.assert_allclose(model.predict_proba(X), dense.predict_proba(X), atol=1e-8)


@pytest.mark.parametrize("classes", [2, 3])
def test_the_gap_is_a_bound_at_every_step(classes):
    """Kills: a gap that says less than is missing, and one that says it for ever."""
    X, y, _ = texts(classes)
    best = gu.LogisticRegression(l1=0.004).fit(sparse.csr_array(X), y)
    least, gaps = best.history_["loss"][-1], best.history_["gap"]
    assert (gaps >= best.history_["loss"] - least - 1e-15).all()
    assert gaps[0] > 1e-2
    assert gaps[-1] < 1e-8
    with pytest.warns(gu.NotConvergedWarning, match=r"not converged: all 2 .*at most .* above its minimum"):
        short = gu.LogisticRegression(l1=0.004, epochs=2).fit(sparse.csr_array(X), y)
    assert short.gap_ >= short.history_["loss"][-1] - least > 0


def test_columns_that_nearly_agree():
    """Sweeps alone take thousands here. Kills: a direction that leaves the weights' signs, a bowl that rises."""
    rng = np.random.default_rng(0)
    common = rng.exponential(size=(400, 1))
    X = (common + 0.02 * rng.exponential(size=(400, 12))) * (rng.random((400, 1)) < 0.9)
    y = (X @ rng.normal(size=12) + 0.5 * rng.logistic(size=400) > 0).astype(int)
    for settings in ({"l1": 1e-4, "fit_intercept": False}, {"l1": 1e-5}):
        dense = gu.LogisticRegression(**settings).fit(X, y)
        model = gu.LogisticRegression(**settings).fit(sparse.csr_array(X), y)
        assert model.reason_.startswith("converged"), model.reason_
        assert model.n_iter_ < 25
        np.testing.assert_allclose(model.history_["loss"][-1], dense.history_["loss"][-1], rtol=1e-11)


def test_a_word_that_stands_there_twice():
    """Weights are not unique then, the minimum is. Entries of one place that come in two parts are one entry."""
    X, y, _ = texts()
    twice = np.concatenate([X, X[:, :5]], axis=1)
    model = gu.LogisticRegression(l1=0.004).fit(sparse.csr_array(twice), y)
    once = gu.LogisticRegression(l1=0.004).fit(sparse.csr_array(X), y)
    assert model.reason_.startswith("converged")
    np.testing.assert_allclose(model.history_["loss"][-1], once.history_["loss"][-1], rtol=1e-12)
    csr = sparse.csr_array(X)
    parts = sparse.csr_array((np.repeat(csr.data / 2, 2), np.repeat(csr.indices, 2), 2 * csr.indptr), shape=csr.shape)
    np.testing.assert_allclose(gu.LogisticRegression(l1=0.004).fit(parts, y).coef_, once.coef_, atol=1e-10)


@pytest.mark.parametrize("loss", ["poisson", "huber", "log_cosh", "mse"])
def test_regressions_with_l1_fulfil_the_conditions_of_a_minimum(loss, monkeypatch):
    """A slope of -l1 times the sign where a weight is not 0, else at most l1. Kills: outliers that stay put."""
    monkeypatch.setattr(sparse_fit, "PAIRED_FEATURES", 10)
    X, _, w = texts()
    rng = np.random.default_rng(1)
    y = rng.poisson(np.exp(0.3 * X[:, 0] - 0.2 * X[:, 1])) + (20 * (rng.random(len(X)) < 0.02))
    rows = sparse.csr_array(X)
    estimator = gu.LinearRegression(loss, l1=0.02)
    model = estimator.fit(rows, y, w)
    assert model.reason_.startswith("converged")
    assert 0 < np.count_nonzero(model.coef_) < 36
    objective = estimator.objective(rows, y, w)
    objective.penalty = ElasticNet()
    _, slope = objective.value_and_gradient(np.append(model.coef_, model.intercept_))
    slope, of_bias, on = slope[:-1], slope[-1], model.coef_ != 0
    np.testing.assert_allclose(slope[on], -0.02 * np.sign(model.coef_[on]), atol=1e-9)
    assert (np.abs(slope[~on]) <= 0.02 + 1e-12).all()
    assert abs(of_bias) < 1e-10
    assert np.isnan(model.gap_) == (loss == "poisson")


def test_two_outputs_are_two_models(monkeypatch):
    """Kills: outputs that share a bend, or a price."""
    monkeypatch.setattr(sparse_fit, "PAIRED_FEATURES", 10)
    X, _, w = texts()
    y = X[:, :2] + 2 * X[:, 6:8] + np.random.default_rng(1).normal(size=(len(X), 2))
    model = gu.LinearRegression(l1=0.05, l2=0.01).fit(sparse.csr_array(X), y, w)
    dense = gu.LinearRegression(l1=0.05, l2=0.01).fit(X, y, w)
    np.testing.assert_allclose(model.coef_, dense.coef_, atol=1e-9)
    np.testing.assert_allclose(model.intercept_, dense.intercept_, atol=1e-9)


def test_it_goes_on_from_where_it_was():
    X, y, _ = texts(3)
    model = gu.LogisticRegression(l1=0.004, warm_start=True).fit(sparse.csr_array(X), y)
    first, coef = model.n_iter_, model.coef_
    model.set_params(l1=0.0041).fit(sparse.csr_array(X), y)
    assert model.n_iter_ < first
    cold = gu.LogisticRegression(l1=0.0041).fit(sparse.csr_array(X), y)
    np.testing.assert_allclose(model.coef_, cold.coef_, atol=1e-8)
    assert not np.array_equal(model.coef_, coef)


def test_no_better_model_is_known_to_others():
    """scikit-learn's objective is at least ours and at most 1e-6 of it more, with and without a bias."""
    linear_model = pytest.importorskip("sklearn.linear_model", reason="the oracle is scikit-learn")
    X, y, _ = texts()
    rows, n = sparse.csr_array(X), len(X)
    for solver, intercept in (("liblinear", False), ("saga", True)):
        ours = gu.LogisticRegression(l1=1 / n, fit_intercept=intercept).fit(rows, y)
        peer = linear_model.LogisticRegression(
            l1_ratio=1.0, solver=solver, fit_intercept=intercept, tol=1e-6, max_iter=5000
        ).fit(rows, y)
        z = X @ peer.coef_[0] + peer.intercept_
        theirs = np.mean(np.logaddexp(0, z) - y * z) + np.abs(peer.coef_).sum() / n
        assert -1e-13 <= theirs - ours.history_["loss"][-1] <= 1e-6


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("intercept", [False, True])
def test_machine_code_sweeps_as_it_is_defined(classes, intercept, monkeypatch):
    """Kills: a loop that forgets the bias, a class, a sign. Two sweeps of all weights and one of some."""
    pytest.importorskip("numba", reason="machine code is made by numba")
    X, y, w = texts(classes)
    task = class_task(SparseRows(sparse.csr_array(X)), y, w, fit_intercept=intercept)
    objective = ColumnObjective(task.objective(ElasticNet(0.004, 0.01)))
    start = np.random.default_rng(2).normal(size=objective.model.n_parameters) * 0.3
    here = column_newton.Point(start, *objective.value_and_gradient(start))
    plain, quick = objective.kinked_bowl(here), objective.kinked_bowl(here)
    monkeypatch.setattr(column_newton, "MANY_ENTRIES", 0)
    go = column_newton._compiled(quick)
    able = np.flatnonzero(plain.bend.ravel() > 0)
    for order in (able, able[::-1].copy(), able[:7]):
        np.testing.assert_allclose(go(order), column_newton.sweep(plain, order), rtol=1e-10)
        for name in ("W", "moved", "bias"):
            np.testing.assert_allclose(getattr(quick, name), getattr(plain, name), atol=1e-13)
    moved = plain.along(plain.W - plain.start)[1]
    plain.go_to(plain.W.copy(), moved)  # what was carried along is what it is worked out to be
    np.testing.assert_allclose(plain.moved, quick.moved, atol=1e-13)
    np.testing.assert_allclose(plain.bias, quick.bias, atol=1e-13)


@pytest.mark.parametrize("settings", [{"l1": 0.004}, {"l1": 0.004, "l2": 0.02, "fit_intercept": False}], ids=repr)
def test_machine_code_gives_the_same_model(settings, monkeypatch):
    pytest.importorskip("numba", reason="machine code is made by numba")
    X, y, w = texts(3)
    plain = gu.LogisticRegression(**settings).fit(sparse.csr_array(X), y, w)
    monkeypatch.setattr(column_newton, "MANY_ENTRIES", 0)
    quick = gu.LogisticRegression(**settings).fit(sparse.csr_array(X), y, w)
    np.testing.assert_allclose(quick.coef_, plain.coef_, atol=1e-9)
    assert quick.n_iter_ == plain.n_iter_


def test_a_root_of_squares_with_l1_is_refused():
    X, y, _ = texts()
    with pytest.raises(gu.InputError, match="no exact way"):
        gu.LinearRegression("rmse", l1=0.1).fit(sparse.csr_array(X), y)


@given(
    seed=st.integers(0, 10**6),
    K=st.integers(2, 6),
    l2=st.sampled_from([0.0, 0.1, 3.0]),
    zeros=st.sampled_from([0.0, 0.3, 0.8]),
)
@trials(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_classes_need_not_share_is_taken_away(seed, K, l2, zeros):
    """Never dearer, and with l2 or an odd K nothing shared is cheaper; what is level stays."""
    rng = np.random.default_rng(seed)
    W = rng.normal(size=(7, K)) * (rng.random((7, K)) >= zeros)
    moved = W.copy()
    level(moved, 0.5, l2)
    shared = moved - W
    assert np.ptp(shared, axis=1).max() < 1e-14

    def price(w):
        return (0.5 * np.abs(w) + 0.5 * l2 * w * w).sum(axis=1)

    busy = 2 * (W != 0).sum(axis=1) >= K
    assert (moved[~busy] == W[~busy]).all()
    for c in rng.normal(size=50):
        assert (price(moved) <= price(W + c) + 1e-12)[busy].all()
    again = moved.copy()
    level(again, 0.5, l2)
    np.testing.assert_allclose(again, moved, atol=1e-15)


@pytest.mark.parametrize("K", [2, 3])
@pytest.mark.parametrize("power", [40, 100])
def test_a_column_in_large_units_beside_others(K, power):
    """Kills: 94 s and "not converged", because one weight at a time crept along what all classes share, and because
    the rounding of a slope of 2^40 counted as a gap. The same model with the column in units of 1 and a price of
    2^-40: the weights are compared with those of a dense fit."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(300, 4)) * (rng.random((300, 4)) < 0.3)
    y = (X @ rng.normal(size=(4, K)) + rng.gumbel(size=(300, K))).argmax(axis=1)
    X[:, 1] *= 2.0**power
    model = gu.LogisticRegression(l1=1e-3).fit(sparse.csr_array(X), y)
    assert model.reason_.startswith("converged")
    assert model.n_iter_ <= 15
    assert 0 <= model.gap_ <= 1e-6
    dense = gu.LogisticRegression(l1=1e-3).fit(X, y)
    z = X @ model.coef_.T + model.intercept_
    expected = X @ dense.coef_.T + dense.intercept_
    z, expected = (one - one.mean(axis=1, keepdims=True) * (K > 2) for one in (z, expected))
    np.testing.assert_allclose(z, expected, atol=1e-7)
