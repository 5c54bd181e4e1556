"""However the rows or the solver are given, one model comes out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from groundup import LinearRegression, LogisticRegression, NotConvergedWarning
from groundup.errors import InputError


def rows(classes: int, seed: int = 0) -> tuple[Any, Any]:
    """Half of the cells are 0."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(150, 6)) * (rng.random((150, 6)) < 0.5)
    return X, (X @ rng.normal(size=(6, classes)) + rng.gumbel(size=(150, classes))).argmax(axis=1)


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.0), (0.0, 0.02), (0.02, 0.0), (0.02, 0.02)])
def test_a_softmax_of_sparse_rows_is_that_of_dense_ones(l1: float, l2: float):
    """All classes may get the same number more, and no chance changes: dense rows gave biases that add up to 0."""
    sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")
    X, y = rows(3)
    dense = LogisticRegression(l1=l1, l2=l2).fit(X, y)
    thin = LogisticRegression(l1=l1, l2=l2).fit(sparse.csr_array(X), y)
    np.testing.assert_allclose(thin.coef_, dense.coef_, atol=1e-7)
    np.testing.assert_allclose(thin.intercept_, dense.intercept_, atol=1e-7)


@pytest.mark.parametrize("classes", [2, 3])
def test_lbfgs_is_a_solver_of_classes_too(classes: int):
    """Named among the solvers, it was refused by LogisticRegression."""
    X, y = rows(classes)
    best = LogisticRegression(l2=0.02).fit(X, y)
    model = LogisticRegression(l2=0.02, solver="lbfgs", tolerance=1e-10).fit(X, y)
    assert model.reason_.startswith("converged")
    np.testing.assert_allclose(model.predict_proba(X), best.predict_proba(X), atol=1e-7)
    np.testing.assert_allclose(model.coef_, best.coef_, atol=1e-6)


def test_the_solvers_that_are_named_are_those_that_are_known():
    with pytest.raises(ValueError, match="'lbfgs'"):
        LogisticRegression(solver="newtn").fit([[0.0], [1.0]], [0, 1])
    with pytest.raises(ValueError, match="'lbfgs'"):
        LinearRegression(solver="newtn").fit([[0.0], [1.0]], [0.0, 1.0])


@pytest.mark.parametrize("cell", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("classes", [2, 3])
def test_a_cell_that_is_no_number_is_named_without_a_warning_of_numpy(cell: float, classes: int):
    """Infinity times weights of both signs warned of an "invalid value" before it was refused."""
    X, y = rows(classes)
    model = LogisticRegression(l2=0.02).fit(X, y)
    X[3, 1] = cell
    with pytest.raises(ValueError, match="row"):
        model.predict_proba(X)


def test_an_infinite_cell_is_no_count_of_zero():
    """The response e^-inf = 0 is finite, so nobody noticed."""
    X = np.arange(8.0)[:, None]
    model = LinearRegression("poisson").fit(X, [0, 1, 1, 2, 3, 5, 8, 13])
    for cell in (-np.inf, np.inf, np.nan):
        with pytest.raises(ValueError, match="row"):
            model.predict([[1.0], [cell]])


@pytest.mark.parametrize("solver", ["lbfgs", "gradient_descent"])
@pytest.mark.parametrize(
    "y", [[0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2], [[0, 1], [0, 0], [0, 1], [1, 1], [1, 0], [1, 1]]]
)
def test_no_descent_converges_where_there_is_no_minimum(solver: str, y: Any):
    """The slope falls for ever along weights that tell all rows apart: L-BFGS took that for the bottom."""
    X = np.column_stack([np.arange(6.0), [0.0, 0.0, 5.0, 5.0, 0.0, 0.0]])
    model = LogisticRegression(solver=solver, tolerance=1e-2, learning_rate=1.0, epochs=2000)
    with pytest.warns(NotConvergedWarning, match="separated"):
        model.fit(X, y)
    assert model.reason_.startswith("not converged")


@pytest.mark.parametrize("settings", [{}, {"l1": 0.1}, {"l2": 0.1}])
def test_counts_that_are_all_zero_have_no_best_bias(settings):
    """Kills: 'converged' at bias -42, where the next step would have found -43 better still."""
    sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")
    X, none = np.random.default_rng(0).normal(size=(20, 2)), np.zeros(20)
    for rows_of in (np.asarray, sparse.csr_array):
        with pytest.raises(InputError, match="all 20 labels are 0"):
            LinearRegression("poisson", **settings).fit(rows_of(X), none)
    with pytest.raises(InputError, match="all 20 labels of output 1 are 0"):
        LinearRegression("poisson", **settings).fit(X, np.column_stack([none + 1, none]))
