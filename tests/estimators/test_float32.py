"""float32 stays float32 in memory, and costs no digit: every sum over the rows is made of float64.

The rows are rounded to float32 once; then the same numbers as float64 must give the same model to about 12 digits.
float32 products would agree to 5 or 6.
"""

import tracemalloc

import numpy as np
import pytest

import groundup as gu

MODELS = {
    "least squares": gu.LinearRegression(),
    "ridge": gu.LinearRegression(l2=0.1),
    "lasso": gu.LinearRegression(l1=0.1),
    "descent": gu.LinearRegression(solver="gradient_descent", epochs=20),
    "mini-batches": gu.LinearRegression(solver="adam", batch_size=32, epochs=2, random_state=0),
    "mae": gu.LinearRegression("mae"),
    "huber": gu.LinearRegression("huber"),
    "log_cosh": gu.LinearRegression("log_cosh"),
}


def rows(n=3000, d=5):
    """Means of 100 and a sum of squares near 1e7: float32 sums lose three more digits."""
    rng = np.random.default_rng(0)
    X = (rng.normal(size=(n, d)) + 100 * (np.arange(d) > 2)).astype(np.float32)
    y = (X[:, 0] - X[:, 4] + 100 + rng.normal(size=n)).astype(np.float32)
    return X, y, rng.uniform(0.1, 2, size=n).astype(np.float32)


def weights_of(model):
    return np.append(np.ravel(model.coef_), model.intercept_)


@pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", MODELS)
def test_a_regression_on_float32_is_that_on_the_same_numbers(name, weighted):
    """Kills: products or sums in float32, weights whose roots are taken in float32."""
    X, y, w = rows()
    wide = [a.astype(float) for a in (X, y, w)]
    model = MODELS[name]
    narrow = weights_of(model.fit(X, y, w if weighted else None))
    loss = model.history_["loss"]
    np.testing.assert_allclose(narrow, weights_of(model.fit(*wide[:2], wide[2] if weighted else None)), rtol=1e-9)
    np.testing.assert_allclose(loss, model.history_["loss"], rtol=1e-11)
    assert np.array_equal(model.predict(X), model.predict(wide[0]))


@pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
@pytest.mark.parametrize("settings", [{}, {"solver": "gradient_descent", "epochs": 20}, {"l1": 0.01}], ids=repr)
@pytest.mark.parametrize("sparse", [False, True])
def test_a_classification_on_float32_is_that_on_the_same_numbers(settings, sparse):
    """Kills: scores in float32, which cannot tell two probabilities near 1 apart."""
    X, y, w = rows()
    wide = X.astype(float)
    if sparse:
        scipy_sparse = pytest.importorskip("scipy.sparse", reason="sparse rows are SciPy's")
        X, wide = scipy_sparse.csr_array(X - np.float32(100)), scipy_sparse.csr_array(X - np.float32(100)).astype(float)
    labels = y > np.median(y)
    one, other = (gu.LogisticRegression(**settings).fit(rows, labels, w) for rows in (X, wide))
    np.testing.assert_allclose(weights_of(one), weights_of(other), rtol=1e-6 if sparse else 1e-9)
    np.testing.assert_allclose(one.predict_proba(X), other.predict_proba(wide), rtol=1e-6 if sparse else 1e-9)


def test_nothing_as_large_as_the_rows_is_made():
    """Kills: a float64 copy of all rows in fit."""
    X, y, _ = rows(n=100_000, d=20)
    tracemalloc.start()
    gu.LinearRegression().fit(X, y)
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert highest < X.nbytes
