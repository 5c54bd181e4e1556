"""CalibratedClassifier against scikit-learn's, and by what it promises."""

import warnings
from functools import partial

import numpy as np
import pytest

import groundup as gu
from groundup.errors import InputError, InputTypeError, UnknownNameError
from groundup.estimators.calibrated import CalibratedClassifier

pytest.importorskip("sklearn", reason="the oracle is scikit-learn")
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator
from sklearn.utils.estimator_checks import check_estimator


def problem(K, seed=0, n=600):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 4))
    y = (X @ rng.normal(size=(4, K)) + rng.gumbel(size=(n, K))).argmax(axis=1)
    return X, np.array(["ant", "bee", "cat", "dog"])[y], rng.integers(1, 4, size=n).astype(float)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("K", [2, 3, 4])
@pytest.mark.parametrize(("method", "theirs"), [("platt", "sigmoid"), ("isotonic", "isotonic"), ("temperature",) * 2])
def test_the_chances_are_the_peers(method, theirs, K, weighted):
    X, y, w = problem(K)
    model = gu.LogisticRegression(solver="gradient_descent", epochs=30, learning_rate=3.0)
    W = w[200:] if weighted else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gu.NotConvergedWarning)
        model.fit(X[:200], y[:200])
        warnings.filterwarnings("ignore", message="Since FrozenEstimator does not appear")
        peer = CalibratedClassifierCV(FrozenEstimator(model), method=theirs).fit(X[200:], y[200:], sample_weight=W)
    ours = CalibratedClassifier(model, method).fit(X[200:], y[200:], W)
    np.testing.assert_allclose(
        ours.predict_proba(X), peer.predict_proba(X), atol=2e-4 if method != "isotonic" else 1e-9
    )
    assert (ours.predict(X) == peer.predict(X)).mean() > 0.995  # ties of a level curve may fall either way
    np.testing.assert_allclose(ours.predict_proba(X).sum(axis=1), 1, rtol=1e-12)


@pytest.mark.filterwarnings("ignore:A label came to which the model gave less")
@pytest.mark.parametrize("K", [2, 3])
@pytest.mark.parametrize("method", ["platt", "isotonic", "temperature"])
def test_too_sure_a_model_gets_true_chances(method, K):
    """Scores five times too large: log loss falls on rows that neither model nor curve has seen."""
    X, y, _ = problem(K, seed=1, n=3000)
    model = gu.LogisticRegression().fit(X[:1000], y[:1000])
    model.coef_, model.intercept_ = 5 * model.coef_, 5 * model.intercept_
    known = CalibratedClassifier(model, method).fit(X[1000:2000], y[1000:2000])
    loss = partial(gu.formulas.metrics.log_loss, smallest=1e-4)  # isotonic says 0 and 1
    last, truth = X[2000:], y[2000:]
    assert loss(truth, known.predict_proba(last)) < 0.7 * loss(truth, model.predict_proba(last))
    if method == "temperature":
        assert known.temperature_ == pytest.approx(5, rel=0.15)
        assert (known.predict(last) == model.predict(last)).all()


def test_of_a_network_and_of_one_against_the_rest():
    X, y, _ = problem(3)
    network = gu.NeuralNetworkClassifier(hidden=(4,), epochs=20, random_state=0).fit(X[:300], y[:300])
    for model in (network, gu.LogisticRegression(multiclass="one-vs-rest").fit(X[:300], y[:300])):
        for method in ("platt", "isotonic", "temperature"):
            chance = CalibratedClassifier(model, method).fit(X[300:], y[300:]).predict_proba(X)
            assert chance.shape == (600, 3)
            assert np.isfinite(chance).all()


def test_of_a_model_without_scores():
    forest = pytest.importorskip("sklearn.ensemble").RandomForestClassifier(20, random_state=0)
    X, y, _ = problem(2)
    model = CalibratedClassifier(forest.fit(X[:300], y[:300]), "isotonic").fit(X[300:], y[300:])
    assert model.score(X[300:], y[300:]) > 0.7


def test_rows_may_be_held_out_here():
    X, y, w = problem(2)
    model = CalibratedClassifier(gu.LogisticRegression(), held_out=0.25, random_state=1).fit(X, y, w)
    again = clone(model).fit(X, y, w)
    assert (model.predict_proba(X) == again.predict_proba(X)).all()
    assert not hasattr(model.model, "coef_")
    assert model.n_features_in_ == 4
    assert model.predict(X, threshold=0.9).tolist().count("bee") < model.predict(X).tolist().count("bee")


@pytest.mark.parametrize("method", ["platt", "isotonic"])
def test_scikit_learn_s_manners(method):
    """All of scikit-learn's checks but two: rows are held out by their number, not by their weight.

    A temperature is not asked: of a few rows that are all right, or all chance, there is none, and it is refused.
    """
    estimator = CalibratedClassifier(gu.LogisticRegression(l2=0.01), method, held_out=0.25, random_state=0)
    names = [f"check_sample_weight_equivalence_on_{kind}_data" for kind in ("dense", "sparse")]
    but = dict.fromkeys(names, "which rows are held out depends on how many there are")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the checks fit rows that are separable, or a single class
        done = check_estimator(estimator, on_skip=None, expected_failed_checks=but)
    assert len(done) > 50
    assert {one["check_name"] for one in done if one["status"] not in ("passed", "skipped")} == set(but)


@pytest.mark.parametrize("K", [2, 3])
def test_sparse_rows_are_calibrated_as_dense_ones(K):
    sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")
    X, y, w = problem(K)
    dense, rows = (
        CalibratedClassifier(gu.LogisticRegression(l2=0.1), held_out=0.25, random_state=0).fit(x, y, w)
        for x in (X, sparse.csr_array(X))
    )
    np.testing.assert_allclose(rows.predict_proba(sparse.csr_array(X)), dense.predict_proba(X), atol=1e-7)
    with pytest.raises(InputTypeError, match="toarray"):
        CalibratedClassifier(gu.NeuralNetworkClassifier(), held_out=0.25).fit(sparse.csr_array(X), y)


def test_rows_of_no_weight_are_not_held_out():
    """Kills: a class whose only rows held out weigh nothing."""
    X, y, _ = problem(2)
    w = np.where(np.arange(len(y)) < 40, 1.0, 0.0)
    some = CalibratedClassifier(gu.LogisticRegression(l2=0.1), held_out=0.5, random_state=0)
    np.testing.assert_array_equal(
        clone(some).fit(X, y, w).predict_proba(X), clone(some).fit(X[:40], y[:40]).predict_proba(X)
    )


def test_of_equal_chances_the_first_class_is_the_answer():
    """As argmax has it; a threshold takes in its own value."""
    model = gu.LogisticRegression().fit([[0.0], [1.0], [0.0], [1.0]], [0, 0, 1, 1])
    known = CalibratedClassifier(model, "isotonic").fit([[0.0], [1.0], [0.0], [1.0]], [0, 0, 1, 1])
    assert known.predict_proba([[0.5]]).tolist() == [[0.5, 0.5]]
    assert known.predict([[0.5]]).tolist() == [0]
    assert known.predict([[0.5]], threshold=0.5).tolist() == [1]


def test_errors_are_one_sentence():
    X, y, _ = problem(2)
    fitted = gu.LogisticRegression().fit(X, y)
    with pytest.raises(InputError, match="learnt nothing yet"):
        CalibratedClassifier(gu.LogisticRegression()).fit(X, y)
    with pytest.raises(InputTypeError, match="must be a classifier"):
        CalibratedClassifier(gu.LinearRegression()).fit(X, y)
    with pytest.raises(UnknownNameError, match="platt"):
        CalibratedClassifier(fitted, "plat").fit(X, y)
    with pytest.raises(InputError, match="of 'bee' there is none"):
        CalibratedClassifier(fitted).fit(X[y == "ant"], y[y == "ant"])
    with pytest.raises(InputError, match="threshold"):
        CalibratedClassifier(fitted).fit(X, y).predict(X, threshold=3)


@pytest.mark.parametrize("held_out", [None, 0.25])
@pytest.mark.parametrize("method", ["platt", "isotonic", "temperature"])
def test_a_saved_one_predicts_the_same_bits(method, held_out, tmp_path):
    """Kills: a model inside that is lost, or whose arrays take the place of the outer one's."""
    X, y, _ = problem(3)
    model = gu.LogisticRegression(l2=0.01)
    known = CalibratedClassifier(
        model if held_out else model.fit(X + 1e9, y), method, held_out=held_out, random_state=0
    )
    known.fit(X + 1e9, y).save(tmp_path / "known.npz")
    again = gu.load(tmp_path / "known.npz")
    assert (again.predict_proba(X + 1e9) == known.predict_proba(X + 1e9)).all()
    assert again.get_params()["model__l2"] == 0.01
