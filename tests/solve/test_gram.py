"""The compiled Z'Z of tall rows is bound to its definition, and least squares of many rows goes that way."""

import types

import numpy as np
import pytest

from groundup.data.blocks import ArrayBlocks
from groundup.solve.compiled import gram as machine
from groundup.solve.least_squares import gram as ways
from groundup.solve.least_squares import least_squares
from groundup.solve.least_squares.gram import Guess, gram, tall

SHAPES = [(1, 1, 1), (2, 3, 1), (129, 5, 2), (300, 8, 1), (127, 15, 3), (260, 21, 1), (128, 22, 1), (40, 50, 4)]


def kernel(lanes):
    if lanes == "plain":
        return machine.gram, machine.LANES
    pytest.importorskip("numba", reason="machine code needs numba")
    return machine.compiled(lanes)


def some_rows(n, d, k, dtype=np.float64, weighted=False):
    rng = np.random.default_rng(n * d + k)
    weight = rng.integers(0, 4, n).astype(float) if weighted else None
    X = (rng.normal(size=(n, d)) + np.arange(d)).astype(dtype)
    return next(iter(ArrayBlocks(X, rng.normal(size=(n, k)), weight, block_rows=n)))


@pytest.mark.parametrize("lanes", [4, 8, "plain"])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_is_the_definition(lanes, weighted):
    """Kills: rows left over after a piece, an odd row, columns left over after a vector, an order of columns, a sum
    that remembers what was there, a weight that is squared."""
    for n, d, k in SHAPES if lanes != "plain" else SHAPES[:4]:
        block = some_rows(n, d, k, weighted=weighted)
        rng = np.random.default_rng(0)
        for b in (None, rng.normal(size=(d, k))):
            guess = Guess(rng.normal(size=d), rng.normal(size=k), b)
            wanted, found = gram(block, guess).products, tall(*kernel(lanes), block, guess).products
            scale = np.sqrt(np.outer(wanted.diagonal(), wanted.diagonal()))
            assert (np.abs(found - wanted) <= 1e-13 * scale).all(), (n, d, k)
            assert found[0, 0] == wanted[0, 0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("lanes", [4, 8])
def test_rows_that_are_mapped_and_rows_of_float32(lanes, dtype):
    """Kills: a shift of what is mapped already, four bytes taken for eight."""
    rng = np.random.default_rng(0)
    block = some_rows(300, 17, 1, dtype)
    guess = Guess(np.arange(17.0), np.zeros(1), None, map=rng.normal(size=(17, 17)))
    for one in (guess, guess._replace(map=None)):
        wanted, found = gram(block, one).products, tall(*kernel(lanes), block, one).products
        scale = np.sqrt(np.outer(wanted.diagonal(), wanted.diagonal()))
        assert (np.abs(found - wanted) <= 1e-13 * scale).all()


def test_what_is_not_finite_stays_so():
    """Kills: NaN or infinity lost in padding."""
    for bad in (np.nan, np.inf):
        for row, column in ((0, 0), (299, 16), (130, 8)):
            block = some_rows(300, 17, 1)
            block.X[row, column] = bad
            found = tall(*kernel(None), block, Guess(np.zeros(17), np.zeros(1), np.ones((17, 1)))).products
            assert not np.isfinite(found[2 + column]).any()
            assert not np.isfinite(found[:, 1]).any()
            assert np.isfinite(np.delete(np.delete(found, [1, 2 + column], 0), [1, 2 + column], 1)).all()


@pytest.mark.parametrize("weighted", [False, True])
def test_least_squares_takes_it_for_many_rows(monkeypatch, weighted):
    """Kills: another answer for many rows than for few."""
    pytest.importorskip("numba", reason="machine code needs numba")
    rng = np.random.default_rng(1)
    X = rng.normal(size=(40_000, 9)) + 3
    y = X @ rng.normal(size=(9, 2)) + rng.normal(size=(40_000, 2))
    rows = ArrayBlocks(X, y, rng.random(40_000) if weighted else None, block_rows=500)
    plain = least_squares(rows)
    monkeypatch.setattr(ways, "MANY_NUMBERS", 1000)
    way, larger = ways.way_to_sum(rows)
    assert way.func is tall
    assert larger.block_rows == 2000
    found = least_squares(rows)
    np.testing.assert_allclose(found.coefficients, plain.coefficients, rtol=1e-13)
    np.testing.assert_allclose(found.intercept, plain.intercept, rtol=1e-13)
    np.testing.assert_allclose(found.residual_sum, plain.residual_sum, rtol=1e-12)
    X[:, 1] = X[:, 0] + 1e-4 * X[:, 1]
    found = least_squares(rows)
    assert "2 passes" in found.reason
    monkeypatch.undo()
    np.testing.assert_allclose(found.coefficients, least_squares(rows).coefficients, rtol=1e-15)


def test_other_arrays_go_the_other_way(monkeypatch):
    """Kills: rows taken as they do not lie."""
    monkeypatch.setattr(ways, "MANY_NUMBERS", 1)
    X, y = np.ones((50, 4)), np.ones((50, 1))
    for other in (np.asfortranarray(X), X[::2], X.astype(int), X.astype(">f8"), np.ones((2, 600))):
        assert ways.way_to_sum(ArrayBlocks(other, y[: len(other)]))[0] is gram


def test_plain_python_in_the_place_of_numba(monkeypatch):
    """Kills: machine code that is asked for where there is none."""
    machine.compiled.cache_clear()
    monkeypatch.setattr(machine.build, "numba_or_none", lambda: None)
    assert machine.compiled() is None
    machine.compiled.cache_clear()
    monkeypatch.setattr(machine.build, "numba_or_none", lambda: types.SimpleNamespace())
    assert machine.compiled() == (machine.gram, machine.LANES)
    machine.compiled.cache_clear()
