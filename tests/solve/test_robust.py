"""Exact optima of absolute, quantile, epsilon-insensitive and Huber losses, against other solvers and by their laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.errors import InputError
from groundup.solve.robust import absolute, band, epsilon_insensitive, huber, quantile

optimize = pytest.importorskip("scipy.optimize")

KINDS = ["normal", "whole numbers", "copied column", "constant column", "on a plane", "offset", "outlier"]
LOSSES = {
    "absolute": (lambda r: np.abs(r), absolute, {}),
    "quantile": (lambda r: np.where(r > 0, 0.2 * r, -0.8 * r), quantile, {"tau": 0.2}),
    "epsilon": (lambda r: np.maximum(np.abs(r) - 0.4, 0), epsilon_insensitive, {"epsilon": 0.4}),
    "huber": (lambda r: np.where(np.abs(r) <= 0.3, r * r / 2, 0.3 * (np.abs(r) - 0.15)), huber, {"delta": 0.3}),
    "huber, nearly absolute": (
        lambda r: np.where(np.abs(r) <= 1e-3, r * r / 2, 1e-3 * (np.abs(r) - 5e-4)),
        huber,
        {"delta": 1e-3},
    ),
}


def rows(kind, n, d, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    if kind == "whole numbers":
        X = rng.integers(-2, 3, size=(n, d)).astype(float)
    if kind == "copied column" and d > 1:
        X[:, 1] = 2 * X[:, 0]
    if kind == "constant column" and d:
        X[:, 0] = 0.1
    if kind == "offset":
        X = 10 * X + 1e5
    y = X @ rng.normal(size=d) + rng.standard_t(1.5, size=n)
    if kind == "whole numbers":
        y = rng.integers(-3, 4, size=n).astype(float)
    if kind == "on a plane":
        y = X @ np.ones(d) + 2
    if kind == "outlier":
        y[0] = 1e9
    return X, y, rng.integers(1, 4, size=n).astype(float)


def cost(loss, X, y, w, b, a, l1=0.0, l2=0.0):
    return float(w @ loss(y - X @ b - a) + l1 * np.abs(b).sum() + l2 / 2 * b @ b)


def linear_program(X, y, w, up, down, l1=0.0, intercept=True):
    """The same minimum by HiGHS: b = b₊ - b₋ and y - X b - a = above - below."""
    n, d = X.shape
    A = np.column_stack([X - X.mean(axis=0), np.ones(n)]) if intercept else X
    free = np.append(np.full(d, l1), np.zeros(A.shape[1] - d))
    prices = np.concatenate([free, free, up * w, down * w])
    found = optimize.linprog(prices, A_eq=np.hstack([A, -A, np.eye(n), -np.eye(n)]), b_eq=y, method="highs")
    return found.fun


@given(
    kind=st.sampled_from(KINDS[:-2]),
    n=st.integers(1, 40),
    d=st.integers(0, 5),
    seed=st.integers(0, 10**6),
    tau=st.sampled_from([0.1, 0.5, 0.77]),
    l1=st.sampled_from([0.0, 0.0, 0.5, 3.0]),
    intercept=st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_quantile_is_the_minimum_of_the_linear_program(kind, n, d, seed, tau, l1, intercept):
    """Kills: a wrong corner, a tilt the wrong way round, weights forgotten, a cycle among rows on the plane."""
    X, y, w = rows(kind, n, d, seed)
    found = quantile(X, y[:, None], w, tau=tau, l1=l1, fit_intercept=intercept)
    b, a = found.coefficients[:, 0], found.intercept[0]
    ours = cost(lambda r: np.where(r > 0, tau * r, (tau - 1) * r), X, y, w, b, a, l1)
    least = linear_program(X, y, w, tau, 1 - tau, l1, intercept)
    assert ours == pytest.approx(least, rel=1e-9, abs=1e-9)
    assert "proven optimal" in found.reason
    assert 0 <= found.gap <= 1e-11 * (1 + ours)


@given(
    name=st.sampled_from(sorted(LOSSES)),
    kind=st.sampled_from(KINDS),
    n=st.integers(1, 50),
    d=st.integers(0, 5),
    seed=st.integers(0, 10**6),
    l1=st.sampled_from([0.0, 0.5]),
    l2=st.sampled_from([0.0, 1e-3, 2.0]),
    intercept=st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_no_other_plane_costs_less_than_the_gap_allows(name, kind, n, d, seed, l1, l2, intercept):
    """Kills: an optimum that is only nearly one, a gap that promises too much, a penalty in wrong units."""
    loss, solve, settings_ = LOSSES[name]
    X, y, w = rows(kind, n, d, seed)
    found = solve(X, y[:, None], w, fit_intercept=intercept, l1=l1, l2=l2, **settings_)
    b, a = found.coefficients[:, 0], found.intercept[0]
    ours, rng = cost(loss, X, y, w, b, a, l1, l2), np.random.default_rng(seed)
    # The cost itself is a sum of y - X b, worked out to the rounding of numbers as large as y.
    rounding = 1e-9 * (1 + ours) + 1e-15 * (w @ np.abs(y))
    assert found.gap <= (1e-5 if kind == "offset" else 1e-9) * (1 + ours) + 1e-14 * (w @ np.abs(y))
    assert "proven optimal" in found.reason
    for size in np.repeat([1e-6, 1e-3, 0.1, 1.0, 10.0], 5):
        moved = size * rng.normal(size=d)
        shift = intercept * (size * rng.normal() - X.mean(axis=0) @ moved)
        assert cost(loss, X, y, w, b + moved, a + shift, l1, l2) >= ours - found.gap - rounding


def test_against_statsmodels_and_scikit_learn():
    sm = pytest.importorskip("statsmodels.api")
    linear_model = pytest.importorskip("sklearn.linear_model")
    X, y, _ = rows("normal", 300, 4, 7)
    for tau in (0.1, 0.5, 0.9):
        found = quantile(X, y[:, None], tau=tau)
        theirs = sm.QuantReg(y, sm.add_constant(X)).fit(q=tau, p_tol=1e-10, max_iter=5000).params
        np.testing.assert_allclose(np.append(found.intercept, found.coefficients[:, 0]), theirs, atol=1e-5)
        lasso = quantile(X, y[:, None], tau=tau, l1=0.05 * len(y))
        theirs = linear_model.QuantileRegressor(quantile=tau, alpha=0.05, solver="highs").fit(X, y)
        np.testing.assert_allclose(lasso.coefficients[:, 0], theirs.coef_, atol=1e-9)
        assert (theirs.coef_ == 0).tolist() == (lasso.coefficients[:, 0] == 0).tolist()


def test_huber_against_scikit_learn_at_its_own_scale():
    """HuberRegressor also fits a scale s; at that s it is Huber with delta = epsilon s, and l2 = alpha s."""
    linear_model = pytest.importorskip("sklearn.linear_model")
    X, y, _ = rows("normal", 200, 3, 1)
    theirs = linear_model.HuberRegressor(epsilon=1.35, alpha=0.1, tol=1e-9, max_iter=10_000).fit(X, y)
    ours = huber(X, y[:, None], delta=1.35 * theirs.scale_, l2=0.1 * theirs.scale_)
    np.testing.assert_allclose(ours.coefficients[:, 0], theirs.coef_, rtol=1e-5)
    assert ours.intercept[0] == pytest.approx(theirs.intercept_, abs=1e-5)


def test_support_vector_regression():
    """C Σ max(|r| - epsilon, 0) + |b|²/2, by libsvm."""
    svm = pytest.importorskip("sklearn.svm")
    X, y, _ = rows("normal", 80, 3, 4)
    theirs = svm.SVR(kernel="linear", C=2.0, epsilon=0.3, tol=1e-9).fit(X, y)
    ours = epsilon_insensitive(X, y[:, None], epsilon=0.3, l2=0.5)
    np.testing.assert_allclose(ours.coefficients[:, 0], theirs.coef_[0], atol=1e-6)


@pytest.mark.parametrize("delta", [1e-4, 1e-2, 1.0, 1e6])
def test_huber_ends_where_its_slope_is_zero(delta):
    """X'clip(r) = 0 to rounding. Kills: a stop that is near enough; delta so large is least squares."""
    X, y, w = rows("normal", 500, 6, 3)
    found = huber(X, y[:, None], w, delta=delta)
    r = y - X @ found.coefficients[:, 0] - found.intercept[0]
    A = np.column_stack([X, np.ones(len(y))])
    pull = w * np.clip(r, -delta, delta)
    assert np.abs(A.T @ pull).max() <= 1e-12 * (np.abs(A).T @ np.abs(pull)).max()
    if delta == 1e6:
        exact = np.linalg.lstsq(A * np.sqrt(w)[:, None], y * np.sqrt(w), rcond=None)[0]
        np.testing.assert_allclose(found.coefficients[:, 0], exact[:-1], rtol=1e-11)


@given(n=st.integers(8, 200), d=st.integers(0, 4), seed=st.integers(0, 10**6), tau=st.floats(0.05, 0.95))
@settings(max_examples=60, deadline=None)
def test_a_share_tau_lies_below(n, d, seed, tau):
    """With d + 1 rows on the plane: rows below ≤ tau n ≤ rows below + rows on it. Kills: tau for 1 - tau."""
    X, y, _ = rows("normal", n, d, seed)
    found = quantile(X, y[:, None], tau=tau)
    r = y - X @ found.coefficients[:, 0] - found.intercept[0]
    below, on = (r < -1e-9).sum(), (np.abs(r) <= 1e-9).sum()
    assert below <= tau * n + 1e-9 <= below + on + 1e-6
    assert on >= min(n, d + 1)


@given(seed=st.integers(0, 10**6), name=st.sampled_from(["absolute", "quantile"]))
@settings(max_examples=40, deadline=None)
def test_a_row_on_the_plane_changes_nothing(seed, name):
    """Kills: one row too many on the plane taken for another optimum, or for none."""
    _, solve, kind = LOSSES[name]
    X, y, _ = rows("normal", 31, 3, seed)
    before = solve(X, y[:, None], **kind)
    if "not the only one" in before.reason:
        return
    more = np.random.default_rng(seed).normal(size=(2, 3))
    on = more @ before.coefficients + before.intercept
    after = solve(np.vstack([X, more]), np.vstack([y[:, None], on]), **kind)
    np.testing.assert_allclose(after.coefficients, before.coefficients, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(after.intercept, before.intercept, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("far", [1e2, 1e6, 1e12, 1e200])
def test_an_outlier_further_away_changes_nothing(far):
    """To the last bit but five. Kills: a scale or a centre that the outlier decides."""
    X, y, _ = rows("normal", 40, 2, 5)
    y[0] = 50.0
    near = absolute(X, y[:, None])
    y[0] = far
    moved = absolute(X, y[:, None])
    np.testing.assert_allclose(moved.coefficients, near.coefficients, rtol=1e-13)
    np.testing.assert_allclose(moved.intercept, near.intercept, rtol=1e-13)


@given(seed=st.integers(0, 10**6), name=st.sampled_from(sorted(LOSSES)))
@settings(max_examples=40, deadline=None)
def test_weights_are_repeats_and_a_weight_of_zero_is_no_row(seed, name):
    """Kills: weights that are squared or rooted, a row of weight 0 that still holds the plane."""
    loss, solve, kind = LOSSES[name]
    X, y, w = rows("normal", 20, 2, seed)
    w[:3] = 0.0
    one = solve(X, y[:, None], w, **kind)
    times = w.astype(int)
    many = solve(np.repeat(X, times, axis=0), np.repeat(y, times)[:, None], **kind)
    least = [cost(loss, X, y, w, s.coefficients[:, 0], s.intercept[0]) for s in (one, many)]
    assert least[0] == pytest.approx(least[1], rel=1e-11)


@pytest.mark.parametrize("offset", [1e3, 1e9])
@pytest.mark.parametrize("name", sorted(LOSSES))
def test_offsets_and_scales_change_units_only(name, offset):
    """Columns at 1e9 that vary by 1 are exact where their differences are. Kills: squares of uncentred columns."""
    _, solve, kind = LOSSES[name]
    rng = np.random.default_rng(0)
    X = rng.integers(-(2**20), 2**20, size=(101, 3)) / 2.0**20
    y = (X @ [1.0, -2.0, 0.5] + rng.standard_t(2, size=101))[:, None]
    plain = solve(X, y, **kind)
    moved = solve(np.ldexp(X, [0, 30, -40]) + np.ldexp([offset, 0, 0], -0), y, **kind)
    kept = (X[:, 0] + offset) - offset  # what is left of the column at that offset
    exact = solve(np.column_stack([kept, X[:, 1:]]), y, **kind)
    np.testing.assert_allclose(np.ldexp(moved.coefficients[:, 0], [0, 30, -40]), exact.coefficients[:, 0], rtol=1e-10)
    assert plain.coefficients.shape == (3, 1)


@pytest.mark.parametrize("kind", ["normal", "whole numbers", "copied column", "on a plane", "offset"])
@pytest.mark.parametrize("name", sorted(LOSSES))
@pytest.mark.parametrize("l1", [0.0, 20.0])
def test_a_band_of_rows_is_enough(monkeypatch, kind, name, l1):
    """Binds the fast path for many rows to the plain one. Kills: a row beyond the band that has changed sides."""
    loss, solve, settings_ = LOSSES[name]
    X, y, w = rows(kind, 3000, 3, 11)
    y = y + np.where(
        np.arange(3000) < 400, 5 * X[:, 0], 0
    )  # the noise depends on x, and some rows follow another plane
    plain = solve(X, y[:, None], w, l1=l1, **settings_)
    monkeypatch.setattr(band, "MANY_ROWS", 100)
    banded = solve(X, y[:, None], w, l1=l1, **settings_)
    costs = [cost(loss, X, y, w, one.coefficients[:, 0], one.intercept[0], l1) for one in (plain, banded)]
    assert costs[1] == pytest.approx(costs[0], rel=1e-12, abs=1e-9)
    assert "proven optimal" in banded.reason


def test_several_outputs_are_as_many_problems():
    X, y, w = rows("normal", 50, 3, 2)
    Y = np.column_stack([y, -3 * y + 1, np.roll(y, 1)])
    for _, solve, kind in LOSSES.values():
        both = solve(X, Y, w, **kind)
        assert both.coefficients.shape == (3, 3)
        for j in range(3):
            alone = solve(X, Y[:, [j]], w, **kind)
            np.testing.assert_array_equal(both.coefficients[:, [j]], alone.coefficients)


def test_the_medians():
    """Odd: the middle. Even: one of the two in the middle, and a word that there are more."""
    none = np.zeros((5, 0))
    assert absolute(none, np.array([[3.0], [1.0], [100.0], [2.0], [0.0]])).intercept[0] == 2.0
    even = absolute(none[:4], np.array([[3.0], [1.0], [100.0], [2.0]]))
    assert even.intercept[0] in (2.0, 3.0)
    assert "not the only one" in even.reason
    assert "not the only one" not in absolute(none, np.arange(5.0)[:, None]).reason


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["sizes from 1e-6 to 1e6", "columns that nearly repeat"])
@pytest.mark.parametrize(("l1", "l2"), [(0.5, 0.0), (0.01, 0.0), (1e-3, 1e-3)])
def test_a_price_on_columns_of_any_size(seed, kind, l1, l2):
    """Prices as shares of what shuts every column out. Kills: a small column whose huge price leaves no digits for the
    others (costs of 900 times the least came out), and the answer of wrong pieces in place of the interior one."""
    rng = np.random.default_rng(seed)
    n, d = 40 + seed, 3 + seed
    X = rng.normal(size=(n, d))
    y = 10 * X[:, 0] + rng.normal(size=n) + 100
    if kind.startswith("sizes"):
        X *= 10.0 ** rng.uniform(-6, 6, d)
    else:
        X[:, -1] = X[:, 0] + 10.0 ** -(3.0 + seed) * X[:, -1]
    l1 = l1 * float(np.abs(X.T @ np.clip(y - np.median(y), -1, 1)).max())
    l2 = l2 * float(np.square(X).sum(axis=0).mean())
    found = huber(X, y[:, None], l1=l1, l2=l2)
    b = found.coefficients[:, 0]
    pull = np.clip(y - X @ b - found.intercept[0], -1, 1)
    slope, size = X.T @ pull - l2 * b, np.abs(X).T @ np.abs(pull) + l1
    assert np.abs(pull.sum()) <= 1e-6 * n
    assert (np.abs(slope) <= l1 + 1e-6 * size).all()
    assert "proven optimal" in found.reason


def test_columns_that_no_labels_are_worth():
    """A price above Σ |x| leaves nothing: coefficients 0, and the intercept is the median."""
    X, y, _ = rows("normal", 31, 3, 4)
    for intercept in (True, False):
        nothing = absolute(X, y[:, None], l1=1e6, fit_intercept=intercept)
        assert not nothing.coefficients.any()
        assert nothing.intercept[0] == (np.median(y) if intercept else 0.0)
    X[:, 1] *= 1e-9
    one = absolute(X, y[:, None], l1=1e-3)
    assert one.coefficients[1, 0] == 0
    np.testing.assert_allclose(one.coefficients[[0, 2]], absolute(X[:, [0, 2]], y[:, None], l1=1e-3).coefficients)


def test_dependent_columns_get_the_least_norm():
    X, y, _ = rows("normal", 30, 1, 0)
    alone = absolute(X, y[:, None]).coefficients[0, 0]
    both = absolute(np.column_stack([X, 2 * X]), y[:, None])
    np.testing.assert_allclose(both.coefficients[:, 0], np.array([1.0, 2.0]) * alone / 5, rtol=1e-12)
    assert "depend on others" in both.reason


def test_two_rows_one_row_and_more_columns_than_rows():
    line = absolute(np.array([[1.0], [3.0]]), np.array([[2.0], [8.0]]))
    assert (line.coefficients[0, 0], line.intercept[0]) == (3.0, -1.0)
    assert absolute(np.array([[4.0]]), np.array([[7.0]])).intercept[0] == 7.0
    X, y, _ = rows("normal", 3, 6, 0)
    wide = huber(X, y[:, None])
    np.testing.assert_allclose(X @ wide.coefficients + wide.intercept, y[:, None], atol=1e-12)


def test_what_cannot_be_used():
    X, y = np.ones((3, 1)), np.ones((3, 1))
    with pytest.raises(InputError, match="tau must be between 0 and 1; got 1"):
        quantile(X, y, tau=1.0)
    with pytest.raises(InputError, match="delta must be"):
        huber(X, y, delta=0.0)
    with pytest.raises(InputError, match="epsilon must be"):
        epsilon_insensitive(X, y, epsilon=-1.0)
    with pytest.raises(InputError, match="l1 must be"):
        absolute(X, y, l1=-1.0)
    with pytest.raises(InputError, match="all are 0"):
        absolute(X, y, np.zeros(3))
    assert np.isnan(absolute(X * np.nan, y).coefficients).all()
