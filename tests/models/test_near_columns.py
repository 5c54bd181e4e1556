"""Sparse columns that are nearly equal: the answer of exact arithmetic, or a sentence that says what is open."""

import warnings
from fractions import Fraction

import numpy as np
import pytest

import groundup as gu

sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")


def nearly(n, d, apart, pairs=1, seed=0, density=0.2):
    """The last columns are the first ones but for `apart` of each number."""
    rng = np.random.default_rng(seed)
    X = np.where(rng.random((n, d)) < density, rng.standard_normal((n, d)), 0.0)
    for k in range(pairs):
        X[:, d - 1 - k] = X[:, k] * (1 + apart * rng.standard_normal(n))
    return X, rng


def exact(X, y, weight=None, price=0):
    """Least squares with an intercept by Gauss, in fractions; no pivot of such a matrix is 0."""
    rows = [[*map(Fraction, row), Fraction(1), Fraction(one)] for row, one in zip(X.tolist(), y.tolist(), strict=True)]
    w = [Fraction(1)] * len(y) if weight is None else [Fraction(one) for one in weight.tolist()]
    d = X.shape[1] + 1
    A = [[sum(v * r[i] * r[j] for v, r in zip(w, rows, strict=True)) for j in range(d + 1)] for i in range(d)]
    for i in range(d - 1):
        A[i][i] += Fraction(price)
    for i in range(d):
        A[i] = [one / A[i][i] for one in A[i]]
        for k in range(d):
            if k != i:
                A[k] = [a - A[k][i] * b for a, b in zip(A[k], A[i], strict=True)]
    return np.array([float(row[-1]) for row in A])


@pytest.mark.parametrize("apart", [1e-4, 1e-8, 1e-11])
@pytest.mark.parametrize("settings", [{}, {"weighted": True}, {"l2": 2.0**-60}], ids=repr)
def test_least_squares_of_columns_that_nearly_agree(apart, settings):
    """LSQR alone leaves 1e-7 of the weights open at 1e-8.

    Kills: residuals of plain floats, rounded roots of weights, a price that is a rounded square, a bias as it was.
    """
    X, rng = nearly(60, 4, apart)
    y = X @ rng.standard_normal(4) + rng.standard_normal(60)
    w = rng.integers(0, 3, 60).astype(float) if settings.get("weighted") else None
    l2 = settings.get("l2", 0.0)
    model = gu.LinearRegression(l2=l2).fit(sparse.csr_array(X), y, w)
    right = exact(X, y, w, Fraction(l2) * 30)
    np.testing.assert_allclose(np.append(model.coef_, model.intercept_), right, rtol=1e-12)
    assert model.reason_.endswith("every digit is settled")


def test_least_squares_of_many_pairs():
    """Kills: directions that are lost one by one where many curvatures are alike."""
    X, rng = nearly(1200, 200, 1e-8, pairs=60)
    y = X @ rng.standard_normal(200) + rng.standard_normal(1200)
    dense, model = (gu.LinearRegression().fit(rows, y) for rows in (X, sparse.csr_array(X)))
    np.testing.assert_allclose(model.coef_, dense.coef_, rtol=1e-12)
    assert model.reason_.endswith("every digit is settled")


@pytest.mark.parametrize("more", [lambda X: 0.1 * X[:, 1], lambda X: X[:, 1] + 0.3 * X[:, 2]], ids=["tenth", "sum"])
def test_what_depends_by_rounding_only_is_no_direction(more):
    """Kills: weights of 1e15 for a column that is the rounded multiple, or sum, of others."""
    X, rng = nearly(100, 4, 1e-6)
    X = np.column_stack([X, more(X)])
    y = X @ rng.standard_normal(5) + rng.standard_normal(100)
    dense, model = (gu.LinearRegression().fit(rows, y) for rows in (X, sparse.csr_array(X)))
    np.testing.assert_allclose(model.predict(X), dense.predict(X), atol=1e-9)
    assert np.abs(model.coef_).max() <= 2 * np.abs(dense.coef_).max()


@pytest.mark.parametrize("size", [1e200, 1e-200])
def test_targets_whose_squares_are_no_floats(size):
    """Kills: a division by a length of 0, or infinity, for labels of 1e-200 and 1e200."""
    X, rng = nearly(60, 4, 1e-6)
    y = X @ rng.standard_normal(4) + rng.standard_normal(60)
    one = gu.LinearRegression().fit(sparse.csr_array(X), y)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = gu.LinearRegression().fit(sparse.csr_array(X), size * y)
    np.testing.assert_allclose(model.coef_ / size, one.coef_, rtol=1e-8)
