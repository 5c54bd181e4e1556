"""Predictions keep their digits where the features are far from 0."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import groundup as gu


def problem(seed, K, n=120, d=3):
    """Features on a grid of 2^-8, so that whole offsets below 2^40 move them without any rounding."""
    rng = np.random.default_rng(seed)
    X = rng.integers(-1000, 1000, size=(n, d)) / 256.0
    y = (X @ rng.normal(size=(d, K)) / 2 + rng.gumbel(size=(n, K))).argmax(axis=1)
    y[: 2 * K] = np.tile(np.arange(K), 2)
    return X, y


@given(
    seed=st.integers(0, 10**6),
    K=st.sampled_from([2, 3, 4]),
    offset=st.sampled_from([0.0, 1e3, 1e6, 1e9, -1e11]),
    power=st.integers(-27, 27),
    multiclass=st.sampled_from(["softmax", "one-vs-rest"]),
)
@settings(max_examples=40, deadline=None)
def test_shift_and_scale_change_no_chance(seed, K, offset, power, multiclass):
    """From 1e-8 to 1e8, and to 1e11 away. Kills: X w + b with the digits that b alone has."""
    X, y = problem(seed, K)
    near = gu.LogisticRegression(multiclass=multiclass).fit(X, y)
    moved = (X + offset) * 2.0**power
    there = gu.LogisticRegression(multiclass=multiclass).fit(moved, y)
    chance = there.predict_proba(moved)
    np.testing.assert_allclose(chance, near.predict_proba(X), rtol=1e-10, atol=1e-13)
    if multiclass == "softmax":
        np.testing.assert_allclose(chance.mean(axis=0), np.bincount(y) / len(y), atol=1e-10)
        for wide, narrow in zip(there.predict_interval(moved[:5]), near.predict_interval(X[:5]), strict=True):
            np.testing.assert_allclose(wide, narrow, rtol=1e-9)


@pytest.mark.parametrize("K", [2, 3])
def test_a_saved_model_keeps_them_too(K, tmp_path):
    X, y = problem(1, K)
    model = gu.LogisticRegression().fit(X + 1e9, y)
    model.save(tmp_path / "far.npz")
    assert (gu.load(tmp_path / "far.npz").predict_proba(X + 1e9) == model.predict_proba(X + 1e9)).all()


def test_near_zero_nothing_is_kept_and_a_later_fit_forgets():
    X, y = problem(2, 2)
    model = gu.LogisticRegression().fit(X + 1e9, y)
    assert model.centre_.shape == (3,)
    assert not hasattr(model.fit(X, y), "centre_")


def test_coefficients_that_somebody_changes_count():
    """Kills: a score that is remembered as a whole."""
    X, y = problem(3, 2)
    model = gu.LogisticRegression().fit(X + 1e9, y)
    z = model.decision_function(X + 1e9)
    model.coef_, model.intercept_ = 2 * model.coef_, 2 * model.intercept_
    np.testing.assert_allclose(model.decision_function(X + 1e9), 2 * z, atol=1e-6)


def test_robust_errors_and_influence_far_from_zero():
    X, y = problem(4, 2)
    near, there = gu.LogisticRegression().fit(X, y), gu.LogisticRegression().fit(X + 1e9, y)
    one = near.summary(X, y, covariance="HC3", show=False).standard_errors[1:]
    np.testing.assert_allclose(
        there.summary(X + 1e9, y, covariance="HC3", show=False).standard_errors[1:], one, rtol=1e-9
    )
    np.testing.assert_allclose(gu.influence(there, X + 1e9, y).residual, gu.influence(near, X, y).residual, rtol=1e-9)
