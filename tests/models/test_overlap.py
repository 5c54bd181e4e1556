"""Sparse rows whose classes can be told apart: said by proof, or not decided, and never called converged."""

import warnings

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.data.sparse import SparseRows
from groundup.formulas.losses import Logistic
from groundup.models.affine import Affine
from groundup.models.bent import BentObjective
from groundup.models.objective import Cost
from groundup.models.overlap import look, surely_apart
from groundup.models.separation import Overlap, Separation, Sides, separation

sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")


def fitted(X, y, **settings):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gu.NotConvergedWarning)
        return gu.LogisticRegression(**settings).fit(sparse.csr_array(X), y)


def texts(classes=2, n=300, d=40, seed=0):
    rng = np.random.default_rng(seed)
    X = np.where(rng.random((n, d)) < 0.1, rng.exponential(size=(n, d)), 0.0)
    return X, np.argmax(X @ rng.normal(size=(d, classes)) + rng.gumbel(size=(n, classes)), axis=1)


def designs():
    """Short whole numbers, few of them: all three answers are frequent, and the exact one is quick."""
    for seed in range(60):
        rng = np.random.default_rng(seed)
        classes, n, d = int(rng.integers(2, 4)), int(rng.integers(20, 60)), int(rng.integers(2, 6))
        X = np.where(rng.random((n, d)) < 0.4, rng.integers(-2, 3, (n, d)), 0).astype(float)
        y = np.argmax(X @ rng.normal(size=(d, classes)) + rng.gumbel(size=(n, classes)), axis=1)
        if len(np.unique(y)) == classes:
            yield X, y, classes, bool(rng.integers(2))


def test_what_is_said_is_what_exact_arithmetic_says():
    """Kills: 'converged' for classes that can be told apart, a separation of classes that overlap."""
    said = {"overlap": 0, "apart": 0, "together": 0}
    for X, y, classes, intercept in designs():
        labels = (y[:, None] == 1).astype(float) if classes == 2 else np.eye(classes)[y]
        sides = Sides.of(X, labels, intercept)
        truth = separation(sides, np.zeros((X.shape[1], classes)), np.zeros(classes), np.zeros(X.shape[1]))
        assert truth is not None
        reason = fitted(X, y, fit_intercept=intercept).reason_
        if isinstance(truth, Overlap):
            assert reason.startswith("converged"), reason
            said["overlap"] += 1
        else:
            assert reason.startswith("the classes are separated"), reason
            assert ("completely" in reason) == truth.complete
            said["together" if "together" in reason else "apart"] += 1
    assert min(said.values()) >= 3, said


@pytest.mark.parametrize("intercept", [False, True])
def test_two_words_that_speak_together(intercept):
    """Each of them is in rows of both classes; it is their difference that tells four rows from four others."""
    X, y = texts()
    X[:, [7, 9]] = 0.0
    X[np.ix_(np.flatnonzero(y == 1)[:4], [7, 9])] = 2.0, 1.0
    X[np.ix_(np.flatnonzero(y == 0)[:4], [7, 9])] = 1.0, 2.0
    with pytest.warns(
        gu.NotConvergedWarning, match=r"in part: 2 columns together \(7, 9\).*proved in exact arithmetic"
    ):
        model = gu.LogisticRegression(fit_intercept=intercept).fit(sparse.csr_array(X), y)
    assert np.isfinite(model.coef_).all()
    assert np.isnan(model.gap_)
    X[np.flatnonzero(y == 1)[4], [7, 9]] = 0.5, 2.0  # one row that contradicts
    assert fitted(X, y, fit_intercept=intercept).reason_.startswith("converged")


def words_in_pairs(d, n, seed=0):
    """Rows of one word of either half, with either label, and a few of a single word, whose half is their label."""
    rng = np.random.default_rng(seed)
    words = np.stack([rng.integers(d // 2, size=n), d // 2 + rng.integers(d // 2, size=n)], axis=1)
    single = rng.integers(d, size=4)
    places = np.append(np.repeat(np.arange(n), 2), n + np.arange(4)), np.append(words.ravel(), single)
    X = sparse.csr_array((np.ones(2 * n + 4), places), shape=(n + 4, d))
    return X, np.append(rng.integers(2, size=n), single < d // 2)


def test_many_words_together_are_decided_or_not_but_never_called_converged():
    """All words of 40 are needed; of 2,000 they are too many to prove, and it is said so at once."""
    X, y = words_in_pairs(40, 800)
    assert "40 columns together" in fitted(X, y, fit_intercept=False).reason_
    X, y = words_in_pairs(2000, 20_000)
    assert "too much to prove" in fitted(X, y, fit_intercept=False).reason_
    y[-1] = 1 - y[-1]
    assert fitted(X, y, fit_intercept=False).reason_.startswith("converged")


def objective_of(X, y):
    rows = ArrayBlocks(SparseRows(sparse.csr_array(X)), y[:, None].astype(float))
    return BentObjective(Cost(Affine(X.shape[1]), Logistic()), rows)


def test_overlap_is_known_wherever_one_stands_near_the_minimum():
    """Also where some rows are surer than any rounding. Kills: a bound that a tiny chance cannot keep."""
    X, y = texts(d=8)
    X[:, 0] = np.where(y == 1, 1.0, -1.0) * 100
    X[:60, 0] *= -1e-6  # some rows keep the weight of that column from running away
    model = fitted(X, y)
    assert model.reason_.startswith("converged")
    z = model.decision_function(X)
    assert np.abs(z).max() > 15
    objective = objective_of(X, y)
    parameters = np.append(model.coef_, model.intercept_)
    assert isinstance(look(objective, parameters).verdict, Overlap)
    assert not isinstance(look(objective, 0 * parameters).verdict, Separation)
    assert not surely_apart(objective.blocks, objective.model, parameters)


def test_rows_that_are_right_by_rounding_only_do_not_count():
    """0.1 + 0.2 - 0.3 is not 0 for a float. Kills: a separation that is made of rounding."""
    X = np.array([[0.1, 0.2, -0.3], [-1.0, 0.0, 0.0]])
    y = np.array([1, 0])
    objective = objective_of(X, y)
    assert (X[0] @ [1.0, 1.0, 1.0]) > 0
    assert not surely_apart(objective.blocks, objective.model, np.array([1.0, 1.0, 1.0, 0.0]))
    assert surely_apart(objective.blocks, objective.model, np.array([1.0, 1.0, 0.9, 0.0]))


@pytest.mark.parametrize("classes", [3, 4])
def test_steps_beyond_the_minimum_stay_there(classes):
    """All classes' weights moved together change nothing. Kills: steps along that, as long as rounding makes them."""
    X, y = texts(classes, n=600)
    model = fitted(X, y, tolerance=0.0, epochs=40)
    dense = gu.LogisticRegression().fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), dense.predict_proba(X), atol=1e-9)
    assert np.abs(model.coef_).max() < 1e3
