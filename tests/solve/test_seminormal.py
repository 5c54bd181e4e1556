"""The bottom of a bowl by products alone: nothing of a flat direction is lost by squaring."""

import math

import numpy as np
import pytest

from groundup.solve.least_squares.doubled import sums_at
from groundup.solve.seminormal import seminormal


@pytest.mark.parametrize("d", [12, 300])
@pytest.mark.parametrize("flat", [1e-4, 1e-8, 1e-10])
def test_flat_directions_keep_their_digits(d, flat):
    """A has singular values near 1 and three at `flat`. Kills: A'A formed, a stop at curvatures of 1e-14."""
    rng = np.random.default_rng(0)
    U, V = (np.linalg.qr(rng.standard_normal((n, d)))[0] for n in (2 * d, d))
    s = np.append(rng.uniform(0.5, 1.0, d - 3), [flat, 1.1 * flat, 1.3 * flat])
    A, g = (U * s) @ V.T, rng.standard_normal(d)
    found = seminormal(lambda v: A @ v, lambda u: A.T @ u, g, 1e-12 * float(np.linalg.norm(g)), most=5000)
    along = V.T @ g
    right = V @ (along / s**2)
    assert np.linalg.norm(found.x - right) <= 1e-14 / flat * np.linalg.norm(right)
    assert math.isclose(found.length, float(np.linalg.norm(along / s)), rel_tol=1e-14 / flat)


def test_of_directions_that_nothing_sees_the_answer_has_none():
    """Twice the same column. Kills: a division by a curvature that is rounding."""
    rng = np.random.default_rng(1)
    A = rng.standard_normal((50, 4))
    A = np.hstack([A, A[:, :1]])
    g = A.T @ rng.standard_normal(50)
    found = seminormal(lambda v: A @ v, lambda u: A.T @ u, g, 0.0, most=100)
    np.testing.assert_allclose(found.x, np.linalg.pinv(A.T @ A) @ g, rtol=1e-12)
    assert seminormal(lambda v: A @ v, lambda u: A.T @ u, 0 * g, 0.0, most=100).length == 0


def test_sums_at_places_have_twice_the_digits():
    """Kills: a sum in the order in which numbers come, a place whose numbers are all 0."""
    rng = np.random.default_rng(2)
    places = rng.integers(0, 7, 5000)
    places[places == 3] = 4
    x = rng.standard_normal(5000) * 10.0 ** rng.integers(-12, 12, 5000)
    low = 1e-17 * x * rng.standard_normal(5000)
    high, rest = sums_at(x, low, places, 7)
    for k in range(7):
        exact = math.fsum([*x[places == k], *low[places == k], -high[k], -rest[k]])
        assert abs(exact) <= 2.0**-90 * np.abs(x[places == k]).sum()
