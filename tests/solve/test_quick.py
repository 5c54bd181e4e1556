"""The quick functions of the compiled loops are bound to NumPy's, as plain Python and as machine code."""

import math

import numpy as np
import pytest

from groundup.solve.compiled import quick

ENDS = [0.0, -0.0, math.inf, -math.inf, math.nan, -1.0, 1e-320, 5e-324, 1e300, -1e300, -37.5, 40.0, -40.1]
EXP_ENDS = [709.78, 709.79, 710.5, -708.5, -740.0, -745.1, -745.2, -800.0]
UNITS = {"exp": 2, "expm1": 4, "tanh": 5, "log1p": 4}


def places():
    rng = np.random.default_rng(0)
    sizes = 10.0 ** rng.uniform(-20, 3, 600)
    return np.concatenate([rng.normal(size=600), sizes, -sizes, np.linspace(-1, 1, 301), ENDS, EXP_ENDS])


def assert_near(got, exact, units):
    """Within so many units in the last place, with the same infinities and NaN."""
    np.testing.assert_array_equal(np.isnan(got), np.isnan(exact))
    finite = np.isfinite(exact)
    np.testing.assert_array_equal(got[~finite & ~np.isnan(exact)], exact[~finite & ~np.isnan(exact)])
    assert np.all(np.abs(got[finite] - exact[finite]) <= units * np.spacing(np.abs(exact[finite])))


@pytest.mark.parametrize("name", quick.FUNCTIONS)
def test_plain(name):
    """Kills: a coefficient of a series, a part of log 2, an end of the range that is cut off."""
    x = places()
    with np.errstate(all="ignore"):
        got = np.array([quick.FUNCTIONS[name](one) for one in x])
        assert_near(got, getattr(np, name)(x), UNITS[name])


@pytest.mark.parametrize("name", quick.FUNCTIONS)
def test_machine_code(name):
    """Kills: sums reordered by the compiler, a bit of the exponent at the wrong place."""
    numba = pytest.importorskip("numba", reason="machine code needs numba")
    function = quick.quick_functions(numba)[f"quick_{name}"]

    @numba.njit(error_model="numpy")
    def all_of(x, y):
        for i in range(x.size):
            y[i] = function(x[i])

    x = places()
    got = np.empty_like(x)
    all_of(x, got)
    with np.errstate(all="ignore"):
        assert_near(got, getattr(np, name)(x), UNITS[name])


def test_traced_lines_use_them():
    assert quick.with_quick("t = np.exp(x) + np.expm1(np.sqrt(x))") == "t = quick_exp(x) + quick_expm1(np.sqrt(x))"
