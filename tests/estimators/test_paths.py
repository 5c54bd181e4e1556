"""A path is each of its models."""

import numpy as np
import pytest

import groundup as gu


def rows(n=200, d=6, outputs=1):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d)) * (rng.random((n, d)) < 0.4)
    return X, X[:, :1] - X[:, 1:2] + rng.normal(size=(n, outputs)), rng.uniform(0.1, 2, n)


@pytest.mark.parametrize("outputs", [1, 2])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("intercept", [False, True])
def test_a_path_is_each_of_its_models(outputs, weighted, intercept):
    """Kills: a price in other units than the estimator's, weights or an intercept lost on the way."""
    X, y, w = rows(outputs=outputs)
    w = w if weighted else None
    prices = [0.3, 0.05, 0.0]
    path = gu.lasso_path(X, y, prices, l2=0.1, fit_intercept=intercept, sample_weight=w)
    for i, l1 in enumerate(prices):
        model = gu.LinearRegression(l1=l1, l2=0.1, fit_intercept=intercept).fit(X, y, w)
        np.testing.assert_allclose(path.coefficients[i], model.coef_.T, atol=1e-12)
        np.testing.assert_allclose(path.intercept[i], model.intercept_, atol=1e-12)
        assert path.gap[i] <= 1e-14


def test_prices_are_chosen_from_the_first_that_matters():
    X, y, _ = rows()
    path = gu.lasso_path(X, y, 10)
    assert not path.coefficients[0].any()
    assert path.coefficients[1].any()
    np.testing.assert_allclose(path.l1[-1], 1e-3 * path.l1[0])


def test_sparse_rows_have_the_same_path():
    sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")
    X, y, w = rows()
    dense, same = (gu.lasso_path(rows, y, [0.2, 0.02], sample_weight=w) for rows in (X, sparse.csr_array(X)))
    np.testing.assert_allclose(same.coefficients, dense.coefficients, atol=1e-12)
    with pytest.raises(gu.InputError, match="2,001 columns"):
        gu.lasso_path(sparse.csr_array((3, 2001)), np.ones(3))


def test_what_cannot_be_a_path():
    X, y, _ = rows()
    with pytest.raises(gu.InputError, match="how many, at least 1; got 0"):
        gu.lasso_path(X, y, 0)
    with pytest.raises(gu.InputError, match="l1 must be a finite number"):
        gu.lasso_path(X, y, [0.1, -0.1])
