"""Proximal Newton: the lasso for logistic, softmax and other smooth costs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression as Peer

from groundup.data.blocks import ArrayBlocks
from groundup.estimators.linear_regression import LinearRegression
from groundup.estimators.logistic_regression import LogisticRegression
from groundup.formulas.losses import Poisson
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.likelihood import likeliest
from groundup.models.objective import Cost, Objective
from groundup.solve.proximal import kinked_bowl


def rows(seed=0, n=200, d=8, K=2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * 10.0 ** rng.integers(-2, 2, d) + rng.normal(size=d)
    B = np.where(rng.random((d, K)) < 0.4, rng.normal(size=(d, K)), 0.0)
    y = ((X - X.mean(0)) / X.std(0) @ B + rng.gumbel(size=(n, K))).argmax(axis=1)
    return X, y


@given(seed=st.integers(0, 10**6), d=st.integers(1, 8), strength=st.floats(0, 3), singular=st.booleans())
@settings(max_examples=200, deadline=None)
def test_kinked_bowl_fits_the_conditions(seed, d, strength, singular):
    """The slope of the bowl is -price sign(v) where v is not zero, and within the price where it is."""
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(d + 3, d))
    if singular and d > 1:
        A[:, -1] = A[:, 0]
    H, g, u = A.T @ A, rng.normal(size=d) * 3, rng.normal(size=d)
    if singular:
        g = H @ g
    price = strength * rng.integers(0, 2, d)
    v = kinked_bowl(H, g, u, price)
    slope = g + H @ (v - u)
    size = 1e-9 * (1 + np.abs(g).max())
    assert (np.abs(slope + price * np.sign(v))[v != 0] <= size).all()
    assert (np.abs(slope[v == 0]) <= price[v == 0] + size).all()


def conditions(model, X, y, l1, l2):
    """How far the weights are from the conditions of the minimum, in the slope of the mean log loss."""
    P = model.predict_proba(X)
    miss = P - (y[:, None] == model.classes_)
    if len(model.classes_) == 2:
        miss = miss[:, 1:]
    slope = miss.T @ X / len(X) + l2 * model.coef_
    inside = np.maximum(np.abs(slope) - l1, 0)[model.coef_ == 0]
    outside = np.abs(slope + l1 * np.sign(model.coef_))[model.coef_ != 0]
    return np.concatenate([inside, outside, np.abs(miss.mean(axis=0))]).max()


@pytest.mark.parametrize("K", [2, 3])
@pytest.mark.parametrize(("l1", "l2"), [(0.01, 0.0), (0.03, 0.02), (0.3, 0.0)])
def test_the_minimum_with_exact_zeros(K, l1, l2):
    X, y = rows(K=K)
    model = LogisticRegression(l1=l1, l2=l2).fit(X, y)
    assert model.reason_.startswith("converged")
    assert conditions(model, X, y, l1, l2) < 1e-9
    assert (model.coef_ == 0).any()


@pytest.mark.parametrize("K", [2, 3])
def test_equals_the_peer(K):
    X, y = rows(K=K)
    X = (X - X.mean(0)) / X.std(0)
    ours = LogisticRegression(l1=0.02).fit(X, y)
    peer = Peer(l1_ratio=1, solver="saga", C=1 / (0.02 * len(X)), tol=1e-10, max_iter=20_000).fit(X, y)
    np.testing.assert_allclose(ours.coef_, peer.coef_, atol=1e-5)


def test_so_strong_a_price_leaves_the_bias_alone():
    X, y = rows()
    model = LogisticRegression(l1=1e4).fit(X, y)
    assert (model.coef_ == 0).all()
    assert model.intercept_[0] == pytest.approx(np.log(y.mean() / (1 - y.mean())), rel=1e-10)


def test_separable_rows_have_a_minimum_once_weights_cost():
    X = np.arange(8.0)[:, None]
    model = LogisticRegression(l1=0.05).fit(X, X[:, 0] > 3)
    assert model.reason_.startswith("converged")
    assert 0 < model.coef_[0, 0] < 10


def test_a_constant_column_has_no_weight():
    X, y = rows()
    model = LogisticRegression(l1=0.01).fit(np.column_stack([X, np.full(len(X), 3.3)]), y)
    assert model.coef_[0, -1] == 0


def test_counts_too():
    X, _ = rows(d=3)
    y = np.random.default_rng(0).poisson(2.0, len(X))[:, None].astype(float)
    objective = Objective(Cost(Affine(3), Poisson()), ArrayBlocks(X, y), ElasticNet(l1=0.05))
    found = likeliest(objective)
    assert found.reason.startswith("converged")
    best = objective.value(objective.model.pack(found.W, found.bias))
    for direction in np.random.default_rng(1).normal(size=(30, 4)):
        moved = objective.model.pack(found.W, found.bias) + 1e-3 * direction
        assert objective.value(moved) > best


def test_proximal_can_be_watched():
    X, y = rows()
    training = LogisticRegression(solver="proximal", l1=0.05).training(X, y)
    losses = [state.loss for state in training]
    assert losses == sorted(losses, reverse=True)
    np.testing.assert_allclose(training.finish().coef_, LogisticRegression(l1=0.05).fit(X, y).coef_, rtol=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_columns_that_are_nearly_the_same(seed):
    """Two columns apart by 1e-4: rounding of a long step was taken for the slope of a valley, and 2,000 sweeps ended
    half a price from the minimum.
    """
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(200, 6))
    A[:, 1] = A[:, 0] + 4.5e-4 * A[:, 1]
    H, g = 2 * A.T @ A / 200, -2 * A.T @ np.sign(A[:, 0]) / 200
    price = np.full(6, 1e-4)
    v = kinked_bowl(H, g, np.zeros(6), price)
    slope = g + H @ v
    missed = np.where(v == 0, np.maximum(np.abs(slope) - price, 0), np.abs(slope + price * np.sign(v)))
    assert missed.max() < 1e-13


@pytest.mark.parametrize("seed", [59, 79, 91, 122, 147, 391, 404])
def test_valleys_without_a_bend_are_walked_to_their_end(seed):
    """Squared hinge, columns that are the same to 9 digits: few rows bend, and the price alone slopes. All conditions.

    Kills: a bowl left half-way, a step that no row bends taken for no way left, rounding taken for a valley.
    """
    rng = np.random.default_rng(seed)
    n, d = int(rng.choice([20, 60, 200, 500])), int(rng.integers(2, 8))
    apart = 10.0 ** rng.uniform(-9, -2)
    X = rng.normal(size=(n, d))
    X[:, 1] = X[:, 0] + apart * X[:, 1]
    if rng.random() < 0.3:
        X *= 10.0 ** rng.uniform(-4, 4, d)
    y = ((X[:, 0] / X[:, 0].std() + rng.normal(size=n) * rng.choice([0, 0.3, 1, 3])) > 0) * 1.0
    l1 = 10.0 ** rng.uniform(-6, -0.5) * (np.abs(X.T @ (y - 0.5)).max() / n)
    model = LinearRegression("squared_hinge", l1=l1).fit(X, y)
    sides = 2 * y - 1
    g = -2 * np.maximum(1 - sides * (X @ model.coef_ + model.intercept_), 0) * sides / n
    slope, w = X.T @ g, model.coef_
    off = np.where(w != 0, np.abs(slope + l1 * np.sign(w)), np.maximum(np.abs(slope) - l1, 0))
    assert model.reason_.startswith("converged")
    assert (off / X.std(axis=0)).max() < 1e-12
    assert abs(g.sum()) < 1e-12
