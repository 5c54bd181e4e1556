"""Sparse rows through the same formulas: what comes out is what dense rows give, and nothing is made dense."""

import warnings

import numpy as np
import pytest
import scipy.sparse

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.data.sparse import SparseRows, as_sparse_rows
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.bent import BentObjective
from groundup.models.curvature import safe_learning_rate
from groundup.models.objective import Cost, Objective

FORMATS = ["csr_array", "csc_array", "coo_array", "csr_matrix", "csc_matrix", "lil_matrix"]


def texts(n=300, d=40, classes=2, seed=0):
    """Few words a row, and labels that follow from some of them, with chance."""
    rng = np.random.default_rng(seed)
    X = np.where(rng.random((n, d)) < 0.1, rng.exponential(size=(n, d)), 0.0)
    z = X @ rng.normal(size=(d, classes)) + rng.gumbel(size=(n, classes))
    return X, np.argmax(z, axis=1)


@pytest.fixture(autouse=True)
def never_dense(monkeypatch):
    """Kills: toarray() anywhere."""

    def refuse(*_, **__):
        raise AssertionError("made dense")

    for name in ("toarray", "todense"):
        monkeypatch.setattr(scipy.sparse.csr_array, name, refuse)
        monkeypatch.setattr(scipy.sparse.csr_matrix, name, refuse)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("classes", [2, 4])
def test_same_model_as_dense(kind, classes):
    """Kills: a format that is not converted, a bias that is left out, weights of classes exchanged."""
    X, y = texts(classes=classes)
    sparse = getattr(scipy.sparse, kind)(X)
    dense = gu.LogisticRegression(l2=0.01).fit(X, y)
    model = gu.LogisticRegression(l2=0.01).fit(sparse, y)
    assert model.reason_.startswith("converged")
    np.testing.assert_allclose(model.coef_, dense.coef_, atol=1e-6)
    np.testing.assert_allclose(model.predict_proba(sparse), dense.predict_proba(X), atol=1e-7)
    assert np.array_equal(model.predict(sparse), dense.predict(X))
    assert model.score(sparse, y) == dense.score(X, y)
    np.testing.assert_allclose(model.predict_proba(X), dense.predict_proba(X), atol=1e-7)


def test_weights_and_labels_of_their_own():
    """Kills: rows of weight 0 that stay, weights that miss a block."""
    X, y = texts()
    weights = np.random.default_rng(1).integers(0, 3, len(y)).astype(float)
    dense = gu.LogisticRegression(l2=0.05).fit(X, y, weights)
    sparse = gu.LogisticRegression(l2=0.05).fit(scipy.sparse.csr_array(X), y, weights)
    np.testing.assert_allclose(sparse.coef_, dense.coef_, atol=1e-6)


@pytest.mark.parametrize("solver", ["gradient_descent", "adam"])
@pytest.mark.parametrize("batch_size", [None, 16])
def test_descent_takes_the_same_steps(solver, batch_size):
    """Kills: rows shuffled apart from their labels, a batch made dense."""
    X, y = texts()
    settings = {"solver": solver, "batch_size": batch_size, "epochs": 3, "learning_rate": 0.1, "random_state": 0}
    dense = gu.LogisticRegression(**settings).fit(X, y)
    sparse = gu.LogisticRegression(**settings).fit(scipy.sparse.csr_array(X), y)
    np.testing.assert_allclose(sparse.coef_, dense.coef_, rtol=1e-10, atol=1e-12)


def test_safe_rate_by_power_iteration():
    """A rate that is at most the dense one's, and at least 0.8 of it. Kills: a missing bound of the loss, or l2."""
    X, y = texts()
    for batch_size in (None, 8):
        rates = []
        for rows in (X, SparseRows(scipy.sparse.csr_array(X))):
            objective = Objective(
                Cost(Affine(X.shape[1]), Logistic()), ArrayBlocks(rows, 1.0 * y[:, None]), ElasticNet(l2=0.1)
            )
            rates.append(safe_learning_rate(objective, batch_size))
        assert 0.8 * rates[0] <= rates[1] <= 1.001 * rates[0]


@pytest.mark.parametrize("loss", [Logistic(), CrossEntropy()], ids=repr)
@pytest.mark.parametrize("weights", [False, True])
def test_bent_is_the_second_derivative(loss, weights):
    """Kills: a product without the bias, a diagonal of another place, weights left out, l2 on the bias."""
    X, y = texts(d=5, classes=3)
    Y = np.eye(3)[y] if loss.rowwise else 1.0 * (y[:, None] == 1)
    w = np.random.default_rng(2).uniform(0.5, 2, len(y)) if weights else None
    for rows in (X, SparseRows(scipy.sparse.csr_array(X))):
        objective = BentObjective(
            Cost(Affine(5, Y.shape[1]), loss), ArrayBlocks(rows, Y, w, block_rows=64), ElasticNet(l2=0.3)
        )
        p = np.random.default_rng(3).normal(size=objective.model.n_parameters)
        H = objective.bent(p)
        columns = np.array([H.times(one) for one in np.eye(len(p))])
        step = 1e-6
        for j, one in enumerate(np.eye(len(p))):
            up, down = (objective.value_and_gradient(p + s * step * one)[1] for s in (1, -1))
            np.testing.assert_allclose(columns[j], (up - down) / (2 * step), atol=1e-8)
        np.testing.assert_allclose(H.diagonal, np.diag(columns), rtol=1e-12)


def test_separated_classes_are_said():
    """Kills: 'converged' for weights that run to infinity."""
    X = scipy.sparse.csr_array(np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0], [0.0, 3.0]]))
    with pytest.warns(gu.NotConvergedWarning, match="separated completely"):
        model = gu.LogisticRegression().fit(X, [0, 0, 1, 1])
    assert np.isfinite(model.coef_).all()


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_word_of_one_class_is_said(classes, sign):
    """Kills: 'converged' where a rare word's weight runs to infinity; the same words with l2, or of common words."""
    X, y = texts(classes=classes)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gu.LogisticRegression().fit(scipy.sparse.csr_array(X), y)
    X[:, 7] = 0.0
    X[np.flatnonzero(y == 1)[:4], 7] = sign * 2.0
    with pytest.warns(gu.NotConvergedWarning, match=r"in part: 1 columns \(7\) speak for one class"):
        model = gu.LogisticRegression().fit(scipy.sparse.csr_array(X), y)
    assert "converged" not in model.reason_
    assert gu.LogisticRegression(l2=0.01).fit(scipy.sparse.csr_array(X), y).reason_.startswith("converged")


def test_bad_entries_are_named():
    X = scipy.sparse.csr_array(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, np.inf]]))
    with pytest.raises(gu.InputError, match="row 1, column 2 holds inf"):
        gu.LogisticRegression().fit(X, [0, 1])
    with pytest.raises(gu.InputTypeError, match=r"sparse.*toarray"):
        gu.StandardScaler().fit(scipy.sparse.csr_array(np.eye(3)))
    with pytest.raises(gu.InputError, match="Complex data"):
        as_sparse_rows(scipy.sparse.csr_array(np.eye(2) * 1j))
    with pytest.raises(gu.InputError, match="at least 1 sample"):
        as_sparse_rows(scipy.sparse.csr_array((0, 3)))
    fitted = gu.LogisticRegression(l2=1.0).fit(scipy.sparse.csr_array(np.eye(3)), [0, 1, 1])
    with pytest.raises(gu.InputError, match="2 features"):
        fitted.predict(scipy.sparse.csr_array(np.eye(2)))


def test_rows_are_views():
    """Kills: a block that copies its entries, or takes its neighbour's."""
    X = scipy.sparse.random_array((100, 7), density=0.3, rng=np.random.default_rng(0), format="csr")
    rows = SparseRows(X)
    part = rows[20:50]
    assert np.shares_memory(part.csr.data, X.data)
    v = np.arange(7.0)
    np.testing.assert_array_equal(part @ v, (X @ v)[20:50])
    np.testing.assert_array_equal(rows[np.array([3, 1])] @ v, (X @ v)[[3, 1]])
    np.testing.assert_array_equal(rows[::2] @ v, (X @ v)[::2])


def regression(n=400, d=30, k=1, seed=0):
    """Few numbers a row, of very different frequency, one column empty and one constant."""
    rng = np.random.default_rng(seed)
    X = np.where(rng.random((n, d)) < 1 / np.arange(1, d + 1), rng.exponential(size=(n, d)), 0.0)
    X[:, 3], X[:, 5] = 0.0, 2.0
    return X, X @ rng.normal(size=(d, k)) + 3 + rng.normal(size=(n, k)), rng.integers(0, 3, n).astype(float)


@pytest.mark.parametrize("settings", [{}, {"l2": 0.1}, {"fit_intercept": False}, {"loss": "l2", "l2": 3.0}], ids=repr)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("outputs", [1, 2])
def test_sparse_squares_are_dense_squares(settings, weighted, outputs):
    """Kills: a mean that is not taken off, a price in the wrong units, the weights of one block, an empty column."""
    X, y, w = regression(k=outputs)
    w = w if weighted else None
    dense = gu.LinearRegression(**settings).fit(X, y, w)
    sparse = gu.LinearRegression(**settings).fit(scipy.sparse.csr_array(X), y, w)
    told = np.ptp(X, axis=0) > 0 if settings.get("fit_intercept", True) else X.any(axis=0)
    np.testing.assert_allclose(sparse.coef_[:, told], dense.coef_[:, told], rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(sparse.predict(scipy.sparse.csr_array(X)), dense.predict(X), atol=1e-12)
    np.testing.assert_allclose(sparse.history_["loss"][-1], dense.history_["loss"][-1], rtol=1e-12)
    assert "LSQR" in sparse.reason_


def test_more_words_than_rows_have_the_least_norm():
    """Kills: units in which the norm is another."""
    rng = np.random.default_rng(0)
    X = np.where(rng.random((20, 60)) < 0.2, rng.normal(size=(20, 60)), 0.0)
    y = rng.normal(size=20)
    sparse = gu.LinearRegression().fit(scipy.sparse.csr_array(X), y)
    centred = X - X.mean(axis=0)
    np.testing.assert_allclose(sparse.coef_, np.linalg.pinv(centred) @ (y - y.mean()), atol=1e-10)


@pytest.mark.parametrize("settings", [{"l1": 0.05}, {"l1": 0.02, "l2": 0.1}, {"loss": "l2", "l1": 20.0}], ids=repr)
def test_sparse_lasso_is_the_dense_one(settings):
    """Kills: a scale of the penalty, sums of pairs without the weights or the means."""
    X, y, w = regression()
    dense = gu.LinearRegression(**settings).fit(X, y[:, 0], w)
    sparse = gu.LinearRegression(**settings).fit(scipy.sparse.csr_array(X), y[:, 0], w)
    np.testing.assert_allclose(sparse.coef_, dense.coef_, atol=1e-10)
    assert np.array_equal(sparse.coef_ == 0, dense.coef_ == 0)
    assert 0 <= sparse.gap_ <= 1e-12 * sparse.history_["loss"][-1]


@pytest.mark.parametrize("solver", ["gradient_descent", "adam"])
def test_sparse_regression_takes_the_same_steps(solver):
    """Kills: rows condensed by a way that needs dense ones."""
    X, y, _ = regression()
    settings = {"solver": solver, "epochs": 20, "learning_rate": 0.01}
    with pytest.warns(gu.NotConvergedWarning):
        dense = gu.LinearRegression(**settings).fit(X, y[:, 0])
    sparse = gu.LinearRegression(**settings).fit(scipy.sparse.csr_array(X), y[:, 0])
    np.testing.assert_allclose(sparse.coef_, dense.coef_, rtol=1e-9)


@pytest.mark.parametrize("loss", ["poisson", "huber", "log_cosh"])
def test_other_smooth_costs_on_sparse_rows(loss):
    """By products. Kills: words about classes where there are none."""
    X, _, _ = regression()
    y = np.random.default_rng(1).poisson(np.exp(0.3 * X[:, 0]))
    dense = gu.LinearRegression(loss, l2=0.01).fit(X, y)
    sparse = gu.LinearRegression(loss, l2=0.01).fit(scipy.sparse.csr_array(X), y)
    np.testing.assert_allclose(sparse.coef_, dense.coef_, atol=1e-7)
    assert sparse.reason_.startswith("converged")


def test_what_sparse_rows_cannot_do_is_said():
    X, y, _ = regression()
    with pytest.raises(gu.InputError, match=r"no exact way.*Absolute.*solver='adam'"):
        gu.LinearRegression("mae").fit(scipy.sparse.csr_array(X), y)
    for l1 in (0.0, 0.1):
        with pytest.raises(gu.InputError, match=r"Newton's steps on dense rows only"):
            gu.LogisticRegression(solver="newton", l1=l1).training(scipy.sparse.csr_array(X), y[:, 0] > 3)
