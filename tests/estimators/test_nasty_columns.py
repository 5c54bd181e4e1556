"""Columns in units that have nothing to do with each other: the answer is that of columns near 1, and no warning."""

import numpy as np
import pytest

import groundup as gu

sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")


def classes(n, d, K, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * (rng.random((n, d)) < 0.5)
    return X, (2 * X @ rng.normal(size=(d, K)) / np.sqrt(d) + rng.gumbel(size=(n, K))).argmax(axis=1)


@pytest.mark.parametrize("K", [2, 3])
@pytest.mark.parametrize("d", [4, 120])
@pytest.mark.parametrize("power", [40, -40, 300, -300])
@pytest.mark.parametrize("make", [np.asarray, sparse.csr_array], ids=["dense", "sparse"])
def test_a_power_of_two_in_one_column(K, d, power, make):
    """Kills: on sparse rows the slope of the largest column ended the training of all others, as "converged"."""
    X, y = classes(5 * d + 200, d, K)
    plain = gu.LogisticRegression().fit(make(X), y)
    X[:, 1] *= 2.0**power
    model = gu.LogisticRegression().fit(make(X), y)
    assert model.reason_.startswith("converged")
    scaled = np.where(np.arange(d) == 1, 2.0**power, 1.0) * model.coef_
    np.testing.assert_allclose(scaled, plain.coef_, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("n", [4, 40])
def test_least_squares_on_sparse_columns_of_any_size(n, l2):
    """Kills: with fewer rows than columns only the largest column was learnt, "upright on every column"."""
    rng = np.random.default_rng(1)
    X, units = rng.normal(size=(n, 6)), 10.0 ** np.array([-60, 0, 80, -3, 12, 30])
    y = X @ rng.normal(size=6) + rng.normal(size=n)
    model = gu.LinearRegression(l2=l2).fit(sparse.csr_array(X * units), y)
    r = y - (X @ (units * model.coef_) + model.intercept_)
    if l2 == 0 and n == 4:
        assert np.abs(r).max() < 1e-10
        return
    centred = X - X.mean(axis=0)
    slope = centred.T @ r / n - 0.5 * l2 * model.coef_ / units
    assert np.abs(slope / (np.linalg.norm(centred, axis=0) + np.sqrt(l2) / units)).max() < 1e-9 * np.linalg.norm(y)


@pytest.mark.parametrize("value", [1e150, 1e-150])
@pytest.mark.parametrize("estimator", [gu.LinearRegression(), gu.LogisticRegression(), gu.LogisticRegression(l1=0.1)])
def test_squares_of_sparse_rows_that_are_no_floats(estimator, value):
    """Kills: a RuntimeWarning, and weights of 0 for such columns."""
    X = sparse.csr_array(np.array([[1.0, value], [2.0, 0.0], [3.0, value]]))
    with pytest.raises(gu.InputError, match=r"column 1 has 1e[+-]150"):
        estimator.fit(X, [0, 1, 0])


def test_the_rounding_of_a_constant_column_is_no_direction():
    """Kills: an answer of least norm of 1e243 in the rounding of 1001, and infinity beside it."""
    t = np.arange(10.0)
    w = 1.0 + np.arange(10) % 3
    X = np.column_stack([1e-136 * (1e5 + t), np.full(10, 1001.0), 1e-136 * (1000 + t)])
    model = gu.LinearRegression().fit(X, t + 2.0, w)
    assert model.coef_[1] == 0
    assert X @ model.coef_ + model.intercept_ == pytest.approx(t + 2.0, abs=1e-6)


@pytest.mark.parametrize("scale", [1e150, 1e-130, 1.0])
def test_ridge_in_any_units(scale):
    """Kills: NaN, since 1e150 squared is no float; and a weight for a constant column, which tells nothing."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(8, 3))
    y = X @ [1.0, -2.0, 0.5] + rng.normal(size=8)
    l2 = 0.5
    model = gu.LinearRegression(l2=l2).fit(np.column_stack([scale * X, np.full(8, 1e21)]), y)
    centred = X - X.mean(axis=0)
    price = 8 * l2 / 2 / scale**2 if scale > 1e-100 else np.inf
    expected = (
        np.zeros(3)
        if price == np.inf
        else np.linalg.solve(centred.T @ centred + price * np.eye(3), centred.T @ (y - y.mean()))
    )
    assert model.coef_[:3] * scale == pytest.approx(expected, rel=1e-9, abs=1e-100)
    assert abs(model.coef_[3]) < 1e-45
    small = gu.LinearRegression(l2=1.0).fit(np.column_stack([X, np.full(8, 1e21)]), 1e-120 * y)
    assert abs(small.coef_[3] * 1e21) < 1e-130


def test_ridge_of_fewer_rows_than_columns_of_1e150():
    rng = np.random.default_rng(2)
    X = 1e150 * rng.normal(size=(3, 6))
    y = rng.normal(size=3)
    model = gu.LinearRegression(l2=1.0).fit(X, y)
    assert X @ model.coef_ + model.intercept_ == pytest.approx(y, rel=1e-9)


def test_standard_errors_where_no_column_is_known():
    """Kills: a LinAlgError for columns of 1e-127 beside 1e66, and a ValueError for a column of zeros alone."""
    X = np.array([[1.0, 0.0, 2.0, -1.0], [3.0, 0.0, -1.0, 4.0], [0.0, 0.0, 3.0, 2.0]]) * [1e-93, 1.0, 1e66, 1e-127]
    assert np.isfinite(gu.LinearRegression().fit(X, [1.0, 2.0, 7.5]).coef_).all()
    model = gu.LogisticRegression(fit_intercept=False).fit(np.zeros((6, 1)), [0, 1, 0, 1, 1, 0])
    assert model.coef_.tolist() == [[0.0]]


@pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
def test_words_for_columns_of_1e160():
    """Kills: a RuntimeWarning from the deviations of such columns."""
    model = gu.LogisticRegression().fit([[1e160], [2e160], [3e160]], [0, 1, 2])
    assert "separated completely" in model.reason_


def test_sparse_columns_far_from_zero():
    """Kills: a spread that was the difference of two squares of 1e8, and so 0: weight 0, "upright to 0"."""
    X = 1e8 + np.arange(6.0)[:, None]
    y = 0.25 * np.arange(6.0)
    model = gu.LinearRegression().fit(sparse.csr_array(X), y)
    assert model.coef_[0] == pytest.approx(0.25, rel=1e-6)


@pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
def test_a_penalty_that_is_next_to_nothing_is_said_to_be():
    """Kills: "all 44 epochs done", and the advice to use l2, which was used."""
    rng = np.random.default_rng(0)
    X = 1e120 * rng.normal(size=(5, 3))
    model = gu.LogisticRegression(l2=1.0).fit(X, [0, 1, 0, 1, 0])
    assert "since l2 is next to nothing in the units of these columns" in model.reason_
    assert gu.LogisticRegression(l2=1.0, epochs=3).fit(X, [0, 1, 0, 1, 0]).reason_ == "all 3 epochs done"


def test_standard_errors_of_columns_of_1e_150():
    """Kills: a RuntimeWarning for the squares of their inverses."""
    rng = np.random.default_rng(0)
    X = 1e-150 * rng.normal(size=(40, 3))
    y = (X[:, 0] > 0).astype(int)
    assert gu.LogisticRegression(l2=1.0, fit_intercept=False).fit(X, y).reason_.startswith("converged")


def test_numbers_whose_weights_are_no_floats():
    """Kills: a weight of -inf with "every digit is settled", and a RuntimeWarning."""
    tiny = [[5e-324], [0.0], [1e-320]]
    with pytest.raises(gu.InputError, match="that of column 0 is not"):
        gu.LinearRegression().fit(tiny, [0.0, 1.0, 0.0])
    with pytest.raises(gu.InputError, match="column 0 has 1e-320"):
        gu.LogisticRegression().fit(tiny, [0, 1, 0])
    assert np.isfinite(gu.LinearRegression().fit([[1e308], [-1e308], [1e308]], [0.0, 1.0, 0.0]).coef_).all()


def test_labels_that_are_no_classes():
    """Kills: infinity as a class of its own, and "row 0 holds b'a' and row 0 holds b'a'"."""
    X = [[1.0], [2.0], [3.0]]
    with pytest.raises(gu.InputError, match="row 1 holds inf"):
        gu.LogisticRegression().fit(X, [0, np.inf, 1])
    with pytest.raises(gu.errors.InputTypeError, match="a bytes"):
        gu.LogisticRegression().fit(X, [b"a", b"b", b"a"])
