"""Platt, isotonic and temperature against scikit-learn, and against what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.errors import InputError
from groundup.formulas.activations import sigmoid, softmax
from groundup.models.calibrators import isotonic, platt, temperature

sk = pytest.importorskip("sklearn.calibration", reason="the oracle is scikit-learn")
from sklearn.isotonic import IsotonicRegression  # noqa: E402


def rows(seed, n=60, ties=False):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=n) * 3
    z = np.round(z) if ties else z
    y = (rng.random(n) < 1 / (1 + np.exp(-z / 2 + 0.5))).astype(float)
    y[:2] = 0, 1
    return z, y, rng.integers(1, 5, size=n).astype(float)


@given(seed=st.integers(0, 10**6), n=st.integers(2, 60), ties=st.booleans())
@settings(max_examples=60, deadline=None)
def test_isotonic_is_the_peers(seed, n, ties):
    """Kills: ties that are not pooled, pools by numbers instead of weights, a wrong line between points."""
    z, y, w = rows(seed, n, ties)
    at = np.concatenate([z, np.linspace(z.min() - 1, z.max() + 1, 50)])
    peer = IsotonicRegression(out_of_bounds="clip").fit(z, y, w)
    np.testing.assert_allclose(isotonic(z, y, w)(at), peer.predict(at), atol=1e-9)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_isotonic_never_falls_and_keeps_the_mean(seed):
    z, y, w = rows(seed)
    curve = isotonic(z, y, w)
    assert (np.diff(curve.chances) >= 0).all()
    assert w @ curve(z) == pytest.approx(w @ y, rel=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_platt_is_the_minimum_with_careful_targets(seed):
    """Kills: targets 0 and 1, counts without weights, a slope of the wrong sign."""
    z, y, w = rows(seed)
    found = platt(z, y, w)
    a, b = sk._sigmoid_calibration(z, y, w)
    np.testing.assert_allclose(found, (-a, -b), rtol=2e-5, atol=1e-6)  # the peer stops early
    target = np.where(y > 0, (w @ y + 1) / (w @ y + 2), 1 / (w @ (1 - y) + 2))
    g = w * (found(z) - target)
    assert abs(g.sum()) < 1e-9
    assert abs(g @ z) < 1e-9


def test_platt_has_an_answer_where_scores_separate_and_where_they_say_nothing():
    z, y = np.array([-2.0, -1, 1, 2]), np.array([0.0, 0, 1, 1])
    curve = platt(z, y, np.ones(4))
    assert 0.75 < curve(np.array([9.0]))[0] < 1
    assert platt(np.full(4, 7.0), y, np.ones(4))(np.array([7.0]))[0] == pytest.approx(0.5, rel=1e-12)
    assert platt(1e9 + 1e-3 * z, y, np.ones(4))(1e9 + 1e-3 * z) == pytest.approx(curve(z), rel=1e-3)


@given(seed=st.integers(0, 10**6), K=st.integers(2, 5), heat=st.sampled_from([0.05, 1.0, 20.0]))
@settings(max_examples=60, deadline=None)
def test_temperature_is_the_minimum(seed, K, heat):
    """The slope of the loss is 0 there. Kills: a step too few, a search that ends at its bounds."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(200, K)) * 2
    y = np.eye(K)[[rng.choice(K, p=p) for p in softmax.value(z)]]
    w = rng.integers(1, 4, size=200).astype(float)
    T = temperature(heat * z, y, w)
    slope = w @ ((softmax.value(heat * z / T) - y) * z).sum(axis=1)
    assert abs(slope) < 1e-9 * w.sum()
    assert temperature(heat * z + rng.normal(size=(200, 1)), y, w) == pytest.approx(T, rel=1e-9)


def test_temperature_says_where_there_is_none():
    y = np.eye(2)[[0, 1, 0]]
    with pytest.raises(InputError, match="every row's own class has the largest score"):
        temperature(3 * y, y, np.ones(3))
    with pytest.raises(InputError, match="the scores tell nothing"):
        temperature(-y, y, np.ones(3))


def test_two_scores_are_one():
    z, y, w = rows(3, 200)
    T = temperature(np.stack([0 * z, z], axis=1), np.stack([1 - y, y], axis=1), w)
    g = w @ ((sigmoid.value(z / T) - y) * z)
    assert abs(g) < 1e-8
