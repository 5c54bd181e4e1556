"""Sparse columns that are nearly equal: the answer of exact arithmetic, or a sentence that says what is open."""

import warnings
from fractions import Fraction

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.data.sparse import SparseRows
from groundup.formulas.losses import CrossEntropy, Logistic
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.bent import BentObjective
from groundup.models.objective import Cost

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


KINDS = {
    "two": (
        lambda: gu.LogisticRegression(),
        lambda z, rng: (0.3 * z[:, 0] + rng.logistic(size=len(z)) > 0).astype(int),
    ),
    "softmax": (lambda: gu.LogisticRegression(), lambda z, rng: np.argmax(0.3 * z + rng.gumbel(size=z.shape), axis=1)),
    "price": (
        lambda: gu.LogisticRegression(l2=1e-18),
        lambda z, rng: (0.3 * z[:, 0] + rng.logistic(size=len(z)) > 0) * 1,
    ),
    "poisson": (lambda: gu.LinearRegression("poisson"), lambda z, rng: rng.poisson(np.exp(0.3 * z[:, 0])) * 1.0),
    "huber": (lambda: gu.LinearRegression("huber"), lambda z, rng: z[:, 0] + rng.standard_normal(len(z))),
}


@pytest.mark.parametrize(("n", "d", "pairs"), [(400, 12, 1), (2000, 110, 4)])
@pytest.mark.parametrize("kind", KINDS)
def test_bowls_of_columns_that_nearly_agree(kind, n, d, pairs):
    """The slope between two such columns is 1e-8 of the others from the start.

    Kills: 'converged' because it is small, a step that takes a curvature of 1e-16 for none.
    """
    make, answer = KINDS[kind]
    X, rng = nearly(n, d, 1e-8, pairs)
    y = answer(X @ rng.standard_normal((d, 3)), rng)
    dense, model = (make().fit(rows, y) for rows in (X, sparse.csr_array(X)))
    assert model.reason_.startswith("converged"), model.reason_
    assert float(model.reason_.split("further than ")[1].split()[0]) < 1e-3
    np.testing.assert_allclose(model.coef_, dense.coef_, atol=1e-4 * np.abs(dense.coef_).max())


@pytest.mark.parametrize("apart", [1e-10, 1e-12])
@pytest.mark.parametrize("seed", range(4))
def test_what_rounding_leaves_open_is_said(apart, seed):
    """The distance to the minimum, in standard errors, is what the reason says. Kills: a claim without a look."""
    X, rng = nearly(1500, 120, apart, seed=seed)
    y = (0.3 * X @ rng.standard_normal(120) + rng.logistic(size=1500) > 0).astype(int)
    dense = gu.LogisticRegression().fit(X, y)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = gu.LogisticRegression().fit(sparse.csr_array(X), y)
    said = float(model.reason_.split("leaves " if "leaves" in model.reason_ else "further than ")[1].split()[0])
    chance = dense.predict_proba(X)[:, 1]
    moved = X @ (model.coef_ - dense.coef_).ravel() + (model.intercept_ - dense.intercept_)
    assert np.sqrt((chance * (1 - chance)) @ moved**2) <= 2 * said


def test_a_root_of_the_second_derivative():
    """Kills: a root without the weights, the price, the bias, or the chances of a softmax."""
    rng = np.random.default_rng(0)
    X, Y, w = rng.standard_normal((30, 4)), np.eye(3)[rng.integers(0, 3, 30)], rng.uniform(0.5, 2.0, 30)
    for loss, y in ((Logistic(), Y[:, :1]), (CrossEntropy(), Y)):
        rows = ArrayBlocks(SparseRows(sparse.csr_array(X)), y, w, block_rows=7)
        bent = BentObjective(Cost(Affine(4, y.shape[1]), loss), rows, ElasticNet(l2=0.3)).bent(
            rng.standard_normal(5 * y.shape[1])
        )
        along, back = bent.root()
        for v in np.eye(5 * y.shape[1]):
            np.testing.assert_allclose(back(along(v)), bent.times(v), atol=1e-14)
            u = rng.standard_normal(along(v).shape)
            assert abs(u @ along(v) - back(u) @ v) < 1e-13


@pytest.mark.parametrize("size", [1e-250, 1e-200, 1e-50, 1e50, 1e200])
@pytest.mark.parametrize("classes", [2, 3])
def test_a_price_beside_a_column_of_any_size(size, classes):
    """The price in the unit of that column is beyond the floats. Kills: 'Singular matrix', a warning of overflow."""
    rng = np.random.default_rng(1)
    X = rng.standard_normal((300, 4))
    y = np.argmax(X[:, 1:4][:, :classes] + rng.gumbel(size=(300, classes)), axis=1)
    small = size < 1
    rest = gu.LogisticRegression(l2=1e-3).fit(X[:, 1:], y) if small else None
    X[:, 0] *= size
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = gu.LogisticRegression(l2=1e-3).fit(X, y)
    assert model.reason_.startswith("converged")
    if rest is not None:  # its weight costs more than it can tell
        np.testing.assert_allclose(model.coef_[:, 1:], rest.coef_, rtol=1e-7, atol=1e-9)


def test_columns_of_1e200_are_no_warning():
    """Kills: squares of a triangle that are no floats."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((40, 3))
    y = X @ [1.0, 2.0, 3.0] + rng.standard_normal(40)
    one = gu.LinearRegression(l2=0.1).fit(X, y)
    X[:, 0] = X[:, 0] * 1e200
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = gu.LinearRegression(l2=0.1).fit(X, y)
    np.testing.assert_allclose(model.coef_[1:], one.coef_[1:], atol=0.2)
    assert 0 < model.coef_[0] * 1e200 < 2
