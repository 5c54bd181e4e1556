"""erf, erfc and the other error-free helpers against 60 and more digits."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest

from groundup.formulas import special

mpf = mp.mpf
RNG = np.random.default_rng(0)
POINTS = np.concatenate(
    [RNG.uniform(0, 3, 600), RNG.uniform(0, 26.5, 400), 10.0 ** RNG.uniform(-300, 0, 200), RNG.uniform(0.4, 0.8, 200)]
)

# function, the same with many digits, points, largest error in units of 2^-53
CASES = [
    ("erf", special.erf, mp.erf, np.concatenate([POINTS, -POINTS]), 4),
    ("erfc", special.erfc, mp.erfc, np.concatenate([POINTS, -POINTS]), 8),
    ("erfcx", special.erfcx, lambda x: mp.exp(x * x) * mp.erfc(x), POINTS, 6),
    ("exp_minus_square", special.exp_minus_square, lambda x: mp.exp(-x * x), POINTS, 5),
    ("x_minus_tanh", special.x_minus_tanh, lambda x: x - mp.tanh(x), POINTS[POINTS > 1e-100], 12),
    ("root", lambda xp, x: special.root(xp, x, 2.5), lambda x: mp.sqrt(x * x + mpf(2.5)), POINTS, 3),
    (
        "exp_minus_cubic",
        lambda xp, x: special.exp_minus_cubic(xp, x, 1.702, 0.03),
        lambda x: mp.exp(-mpf(1.702) * x - mpf(0.03) * x**3),
        POINTS[POINTS < 20],
        8,
    ),
]


@pytest.mark.parametrize(
    ("name", "function", "definition", "points", "allowed"), CASES, ids=[case[0] for case in CASES]
)
def test_a_few_units_in_the_last_place(name, function, definition, points, allowed):
    """Kills: a wrong coefficient, a square whose last digits are lost, a cancellation between the pieces."""
    got = function(np, points)
    with mp.workdps(340 if name == "x_minus_tanh" else 60):
        for x, value in zip(points, got, strict=True):
            reference = definition(mpf(float(x)))
            if abs(reference) < mpf(2) ** -1000:
                assert abs(mpf(float(value)) - reference) <= mpf(2) ** -1000
            else:
                assert abs(mpf(float(value)) / reference - 1) <= allowed * mpf(2) ** -53, (x, value)


def test_the_smallest_numbers():
    """Kills: a tail that is flushed to zero: erfc is 5e-324 at 27.2, not 0."""
    x = np.array([26.6, 27.0, 27.2, 28.0, np.inf])
    with mp.workdps(50):
        expected = [float(mp.erfc(mpf(float(v)))) for v in x]
    np.testing.assert_allclose(special.erfc(np, x), expected, rtol=0, atol=1e-323)


def test_ends():
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(special.erf(np, np.array([-np.inf, -0.0, 0.0, np.inf])), [-1, 0, 0, 1])
        np.testing.assert_array_equal(special.erfc(np, np.array([-np.inf, 0.0, np.inf])), [2, 1, 0])
    for function in (special.erf, special.erfc, special.erfcx, special.exp_minus_square, special.x_minus_tanh):
        assert np.isnan(function(np, np.array([np.nan]))).all()
        assert function(np, np.ones(2, np.float32)).dtype == np.float32


def test_against_scipy():
    scipy = pytest.importorskip("scipy.special")
    # The allowance is for SciPy's erfc: the cases above hold ours to 8 units of 2^-53.
    x = np.linspace(-6, 6, 1001)
    np.testing.assert_allclose(special.erf(np, x), scipy.erf(x), rtol=1e-15, atol=1e-17)
    np.testing.assert_allclose(special.erfc(np, x), scipy.erfc(x), rtol=1e-14)


@pytest.mark.parametrize("library", ["array_api_strict", "torch"])
def test_other_libraries_agree(library: str):
    """Kills: a NumPy-only function, and a short way for NumPy (in `root`) that drifts from its definition."""
    xp = pytest.importorskip(library)
    x = np.linspace(-3, 3, 101)
    for function in (special.erf, special.erfc, special.x_minus_tanh, lambda xp, x: special.root(xp, x, 2.0)):
        namespace = pytest.importorskip("array_api_compat").array_namespace(xp.asarray(x))
        np.testing.assert_allclose(
            np.asarray(function(namespace, xp.asarray(x))), function(np, x), rtol=1e-13, atol=1e-16
        )


def test_coefficients_are_those_of_the_script():
    """Kills: a digit mistyped in the table, and a script that no longer makes it."""
    path = Path(__file__).parents[2] / "scripts" / "make_erf_coefficients.py"
    specification = importlib.util.spec_from_file_location("make_erf_coefficients", path)
    assert specification
    assert specification.loader
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    for name, (function, degree) in script.COEFFICIENTS.items():
        with mp.workdps(60):
            assert tuple(script.powers(function, degree)) == getattr(special, name)
