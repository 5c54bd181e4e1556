"""The products of the compiled networks are bound to NumPy's."""

import types

import numpy as np
import pytest

from groundup.solve.compiled import tiles
from groundup.solve.compiled.build import FREE

PLAIN = types.SimpleNamespace(njit=lambda **settings: lambda function: function)
SHAPES = [(1, 1, 1), (4, 3, 8), (5, 2, 9), (7, 13, 11), (32, 64, 10), (8, 1, 2), (3, 5, 16)]


def machine():
    return pytest.importorskip("numba", reason="machine code needs numba")


@pytest.mark.parametrize("numba", [lambda: PLAIN, machine], ids=["plain", "machine code"])
def test_products(numba):
    """Kills: rows or columns left over after a fourth or eighth, A taken for A', sums that forget what was there."""
    product = tiles.compiled_product(numba(), FREE)
    rng = np.random.default_rng(0)
    for rows, depth, columns in SHAPES:
        A, W, C = rng.normal(size=(rows, depth)), rng.normal(size=(depth, columns)), rng.normal(size=(rows, columns))
        for lying, to_row, to_column in ((A.ravel(), depth, 1), (A.T.ravel(), 1, rows)):
            flat = [np.concatenate([[np.nan, 7.0], lying]), np.concatenate([[np.nan], W.ravel()])]
            into = np.concatenate([[1.0, 2.0, 3.0], C.ravel(), [4.0]])
            product(flat[0], 2, to_row, to_column, rows, depth, flat[1], 1, into, 3, columns)
            np.testing.assert_allclose(into[3:-1].reshape(C.shape), C + A @ W, rtol=1e-13, atol=1e-13)
            assert into[[0, 1, 2, -1]].tolist() == [1.0, 2.0, 3.0, 4.0]
